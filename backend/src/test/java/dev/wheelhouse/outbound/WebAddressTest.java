package dev.wheelhouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.Problem;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '>', quoteCharacter = '`', textBlock = """
                    http://h.example                        > http://h.example/
                    HTTP://h.example/A                      > http://h.example/A
                    https://h.example:8443/a                > https://h.example:8443/a
                    https://h.example:/a                    > https://h.example/a
                    https://h.example/a b                   > https://h.example/a%20b
                    https://h.example/caf\u00E9             > https://h.example/caf%C3%A9
                    https://h.example/caf%C3%A9             > https://h.example/caf%C3%A9
                    https://h.example/\u65E5\u672C?q=\u8A9E > https://h.example/%E6%97%A5%E6%9C%AC?q=%E8%AA%9E
                    https://h.example/100%                  > https://h.example/100%25
                    https://h.example/%zz?%g1               > https://h.example/%25zz?%25g1
                    https://h.example/a|b^c`d{e}"f<g        > https://h.example/a%7Cb%5Ec%60d%7Be%7D%22f%3Cg
                    https://h.example/a[b]?c[]=1            > https://h.example/a%5Bb%5D?c[]=1
                    https://h.example/a#b                   > https://h.example/a
                    https://h.example?q=1#b                 > https://h.example/?q=1
                    https://h.example/a?b?c=/d              > https://h.example/a?b?c=/d
                    https://h.example/a/../b/./c            > https://h.example/b/c
                    https://h.example/../../b               > https://h.example/b
                    https://h.example/a\\b                  > https://h.example/a/b
                    https://h.example//a                    > https://h.example//a
                    https://b\u00FCcher.example/            > https://xn--bcher-kva.example/
                    https://B\u00DCCHER.example/            > https://xn--bcher-kva.example/
                    https://\u4F8B\u3048.example/           > https://xn--r8jz45g.example/
                    https://stra\u00DFe.example/            > https://xn--strae-oqa.example/
                    https://FUSSBALLSTRA\u00DFE.example/    > https://xn--fussballstrae-mdb.example/
                    https://gro\u00DF-\u00F6l.example/      > https://xn--gro-l-nqa6n.example/
                    https://\u00DF\u00DF\u00DF.b\u00FCcher.example/ > https://xn--zcaaa.xn--bcher-kva.example/
                    https://\u03B2\u03CC\u03BB\u03BF\u03C2.com/ > https://xn--nxasmm1c.com/
                    https://[2001:db8::1]/a                 > https://[2001:db8::1]/a
                    https://[2001:db8::1]:99/a              > https://[2001:db8::1]:99/a
                    """)
    void address_is_read_as_a_browser_reads_it(String written, String meant) {
        assertThat(WebAddress.read(written)).hasToString(meant.replace("//a", "//a"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
                    http://h.example:99999/     > there is no port "99999"
                    http://h.example:0/         > there is no port "0"
                    http://h.example:http/      > there is no port "http"
                    http://h.example:-1/        > there is no port "-1"
                    http://h.example:4294967376 > there is no port "4294967376"
                    ftp://h.example/            > does not begin with http
                    h.example/a                 > does not begin with http
                    //h.example/a               > does not begin with http
                    http:h.example              > does not begin with http
                    http:///a                   > it has no host
                    http://:80/                 > it has no host
                    http://u@h.example/         > a user name
                    http://u:p@h.example/       > a user name
                    http://h .example/          > letters that no host name has
                    http://h%2eexample/         > letters that no host name has
                    http://h\\.example/         > letters that no host name has
                    http://h_a.example/         > letters that no host name has
                    http://[1:2]/               > letters that no host name has
                    http://a\u200Db.example/    > can be read in two ways
                    http://a_\u00DF.example/    > not a name of the internet
                    http://\u2100\u00DF.example/ > not a name of the internet
                    """)
    void address_that_cannot_be_is_refused_with_the_part_that_is_wrong(String written, String why) {
        assertThatThrownBy(() -> WebAddress.read(written))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://", "", " ", "x", "http://?", "http://#", "javascript:alert(1)", "http://exam\nple.org/"})
    void what_is_no_address_is_refused(String written) {
        assertThatThrownBy(() -> WebAddress.read(written)).isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', nullValues = "-", textBlock = """
                    /c                  > https://h.example/c
                    c                   > https://h.example/a/c
                    ../c                > https://h.example/c
                    ../../../c          > https://h.example/c
                    ?r=2                > https://h.example/a/b?r=2
                    ''                  > https://h.example/a/b?q=1
                    #f                  > https://h.example/a/b?q=1
                    //o.example/c       > https://o.example/c
                    \\\\o.example\\c    > https://o.example/c
                    http://o.example    > http://o.example/
                    /a page             > https://h.example/a%20page
                    /caf\u00E9          > https://h.example/caf%C3%A9
                    c:d                 > -
                    file:///etc/passwd  > -
                    http://[no          > -
                    https://h.example:0 > -
                    """)
    void redirect_leads_where_a_browser_would_go(String location, String to) {
        var from = URI.create("https://h.example/a/b?q=1");

        if (to == null) {
            assertThatThrownBy(() -> WebAddress.follow(from, location)).isInstanceOf(Problem.class);
        } else {
            assertThat(WebAddress.follow(from, location)).hasToString(to);
        }
    }
}
