package dev.wheelhouse.signins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What servers say when they want to know who asks, as they write it.
class ChallengeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bearer | '' | '' | ''",
                "'' | '' | '' | ''",
                "Bearer realm=\"a, b\", error=\"invalid_token\" | invalid_token | '' | ''",
                "bearer scope=read | '' | read | ''",
                "BEARER scope=\"read  write\",resource_metadata=\"https://x.example.org/m\" | '' | read write | https://x.example.org/m",
                "Bearer error = insufficient_scope , scope = \"a:b\" | insufficient_scope | a:b | ''",
                "Basic realm=\"x\", Bearer scope=\"read\" | '' | read | ''",
                "Bearer scope=\"read read read\" | '' | read | ''",
                "Bearer scope=\"\\\"read\\\" write\" | '' | write | ''",
                "Bearer resource_metadata=https://x.example.org/m | '' | '' | https://x.example.org/m",
                "Negotiate abc | '' | '' | ''",
            })
    void is_read_as_servers_write_it(String header, String error, String scopes, String metadata) {
        var challenge = Challenge.read(401, header);

        assertThat(challenge.error()).isEqualTo(error);
        assertThat(String.join(" ", challenge.scopes())).isEqualTo(scopes);
        assertThat(challenge.metadata()).isEqualTo(metadata);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example.org/mcp, https://a.example.org/mcp, true",
        "https://a.example.org, https://a.example.org/mcp, true",
        "https://a.example.org/, https://a.example.org/mcp, true",
        "https://A.example.org:443/mcp/, https://a.example.org/mcp, true",
        "https://a.example.org/team, https://a.example.org/team/mcp, true",
        "https://a.example.org/mcp, https://a.example.org/mcp2, false",
        "https://a.example.org/other, https://a.example.org/mcp, false",
        "https://b.example.org/mcp, https://a.example.org/mcp, false",
        "http://a.example.org/mcp, https://a.example.org/mcp, false",
        "https://a.example.org:8443/mcp, https://a.example.org/mcp, false",
        "https://a.example.org/mcp#x, https://a.example.org/mcp, false",
        "not an address, https://a.example.org/mcp, false",
        "'', https://a.example.org/mcp, false",
    })
    void a_resource_speaks_for_itself_and_what_is_below_it(String resource, String url, boolean speaks) {
        var place = new Place(new TenantId("default"), "x", url, List.of(), Wanted.NOTHING);
        boolean read;
        try {
            Resource.read(place, Json.mapper().createObjectNode().put("resource", resource));
            read = true;
        } catch (Problem e) {
            read = false;
        }
        assertThat(read).isEqualTo(speaks);
    }
}
