package dev.wheelhouse.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// AWS's own examples of signatures, and what a request to Bedrock needs beyond them.
class SignForAwsTest {

    private static final InstantSource THEN = InstantSource.fixed(Instant.parse("2015-08-30T12:36:00Z"));
    private static final String KEY = "AKIDEXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static SignForAws signer(String key, String service) {
        return new SignForAws(SignForAws.Key.of(key), "us-east-1", service, THEN);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "POST, 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
    })
    void signatures_are_those_of_the_published_examples(String method, String signature) {
        var headers = signer(KEY, "service").headers(method, URI.create("https://example.amazonaws.com/"), "");

        assertThat(headers)
                .containsEntry("x-amz-date", "20150830T123600Z")
                .containsEntry(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                                + " SignedHeaders=host;x-amz-date, Signature=" + signature);
    }

    @Test
    void session_token_is_sent_and_signed() {
        var headers = signer("ASIAEXAMPLEKEY:secret/with+signs:token//of==", "bedrock")
                .headers(URI.create("https://bedrock-runtime.us-east-1.amazonaws.com/model/m/converse"), "{}");

        assertThat(headers).containsEntry("x-amz-security-token", "token//of==");
        assertThat(headers.get("Authorization"))
                .contains("SignedHeaders=host;x-amz-date;x-amz-security-token")
                .doesNotContain("secret");
    }

    /// Computed with botocore 1.44: a colon in a model's name is encoded twice where it is signed.
    @Test
    void names_of_models_are_signed_as_amazon_reads_them() {
        var to = URI.create(
                "https://bedrock-runtime.us-east-1.amazonaws.com/model/us.amazon.nova-micro-v1%3A0/converse");

        assertThat(signer(KEY, "bedrock").headers(to, "{\"a\":\"ü\"}").get("Authorization"))
                .endsWith("Signature=82442bf891f120d284009cc03da79acb6b9c716d7a52a6b7e807bf1aadbe8469");
    }

    @ParameterizedTest
    @CsvSource({"ABSKQmVkcm9ja0FQSUtleQ==", "bedrock-api-key-YmVkcm9jaw", "just-a-key"})
    void other_texts_are_bearer_keys(String key) throws Exception {
        assertThat(Credentials.aws(key, "us-east-1", THEN).headers(URI.create("https://x.test/"), ""))
                .containsOnly(java.util.Map.entry("Authorization", "Bearer " + key));
    }
}
