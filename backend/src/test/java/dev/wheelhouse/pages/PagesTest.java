package dev.wheelhouse.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {

    private static Page html(String html) {
        return Pages.read(
                html.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8", "https://h.example/a/b", t -> t);
    }

    private static Page bytes(String type, String text, String charset) {
        return Pages.read(text.getBytes(Charset.forName(charset)), type, "https://h.example/", t -> t);
    }

    static Stream<Arguments> pages() {
        return Stream.of(
                // Neighbours that a browser shows apart, in HTML without any space between them.
                arguments("<div>a</div><div>b</div>", "a\nb"),
                arguments("<p>a<p>b", "a\n\nb"),
                arguments("a<p>b</p>c", "a\n\nb\n\nc"),
                arguments("<section>a</section><footer>b</footer>", "a\nb"),
                arguments("<h1>a</h1><h2>b</h2>c", "# a\n\n## b\n\nc"),
                arguments("<button>a</button><button>b</button>", "a b"),
                arguments("<select><option>a<option>b</select>", "a\nb"),
                arguments("a<br>b<BR/>c</br>d", "a\nb\nc\nd"),
                arguments("<address>a</address><nav>b</nav><aside>c</aside>", "a\nb\nc"),
                arguments("<figure><img alt=a><figcaption>b</figcaption></figure>", "a\nb"),
                arguments("<fieldset><legend>a</legend>b</fieldset>", "a\nb"),
                arguments("<details><summary>a</summary>b</details>", "a\nb"),
                arguments("<span style=\"display:block\">a</span><span>b</span>", "a\nb"),
                arguments("<span style=\"display: inline-block\">a</span><i>b</i>", "a b"),
                arguments("<label>Name</label><input value=Ann>", "Name Ann"),
                // Parts of one word.
                arguments("<b>a</b><i>b</i><span>c</span>", "abc"),
                arguments("super<wbr>cali&shy;fragil", "supercalifragil"),
                arguments("a <b> b </b> c", "a b c"),
                arguments("a\n\t b\u00A0\u00A0c", "a b c"),
                // Numbers.
                arguments("10<sup>6</sup> and H<sub>2</sub>O, 1<sup>st</sup>", "10^6 and H2O, 1st"),
                arguments("<s>20</s> 15 <del>x</del><ins>y</ins>", "~~20~~ 15 ~~x~~y"),
                // Lists.
                arguments("<ul><li>a<li>b</ul>", "- a\n- b"),
                arguments("<ol><li>a<li>b</ol>", "1. a\n2. b"),
                arguments("<ol start=7><li>a<li value=3>b<li>c</ol>", "7. a\n3. b\n4. c"),
                arguments("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c"),
                arguments("<ul><li><p>a</p><p>b</p></ul>", "- a\n\n  b"),
                arguments("<ul><li><div>a</div></ul>", "- a"),
                arguments("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "a\n: b\nc\n: d"),
                arguments("<ul><li><input type=checkbox checked>a<li><input type=checkbox>b</ul>", "- [x] a\n- [ ] b"),
                // Quotations and what is preformatted.
                arguments("<blockquote>a<p>b</blockquote>c", "> a\n>\n> b\n\nc"),
                arguments("<q>a</q>", "\"a\""),
                arguments("<pre>\na\n  b\n\nc</pre>d", "```\na\n  b\n\nc\n```\n\nd"),
                arguments("<pre><code>a &lt; b</code></pre>", "```\na < b\n```"),
                arguments("use <code>a  b</code>!", "use `a b`!"),
                arguments("a<hr>b", "a\n\n---\n\nb"),
                // Links.
                arguments("<a href=c>x</a>", "[x](https://h.example/a/c)"),
                arguments("<a href=/c>x</a>", "[x](https://h.example/c)"),
                arguments("<a href='?q=1'>x</a>", "[x](https://h.example/a/b?q=1)"),
                arguments("<a href=//o.example/>x</a>", "[x](https://o.example/)"),
                arguments("<base href=https://o.example/d/><a href=c>x</a>", "[x](https://o.example/d/c)"),
                arguments("<a href=#c>x</a> <a>y</a> <a href=''>z</a>", "x y z"),
                arguments("<a href='javascript:f()'>x</a><a href='data:,a'>y</a>", "xy"),
                arguments("<a href='/a b(c)'>x</a>", "[x](https://h.example/a%20b%28c%29)"),
                arguments("<a href=mailto:a@h.example>x</a>", "[x](mailto:a@h.example)"),
                arguments("<a href=https://o.example/>https://o.example/</a>", "https://o.example/"),
                arguments("a<a href=/c> x </a>b", "a [x](https://h.example/c) b"),
                arguments("<a href=/c><img alt=logo></a>", "[logo](https://h.example/c)"),
                arguments("<a href=/c><div>x</div><div>y</div></a>z", "x\ny (https://h.example/c)\nz"),
                arguments("<iframe src=/c title=Map></iframe>", "[Map](https://h.example/c)"),
                // Tables.
                arguments("<table><tr><td>12<td>34<tr><td>5</table>", "| 12 | 34 |\n| --- | --- |\n| 5 |  |"),
                arguments(
                        "<table><thead><tr><th>a<th>b<tbody><tr><td>1<td>2</table>",
                        "| a | b |\n| --- | --- |\n| 1 | 2 |"),
                arguments(
                        "<table><tr><td colspan=2>a<td>b<tr><td>1<td>2<td>3</table>",
                        "| a |  | b |\n| --- | --- | --- |\n| 1 | 2 | 3 |"),
                arguments("<table><tr><td rowspan=2>a<td>b<tr><td>c</table>", "| a | b |\n| --- | --- |\n| a | c |"),
                arguments("<table><tr><td>a|b<td>c</table>", "| a\\|b | c |\n| --- | --- |"),
                arguments("<table><tr><td>a<br>b<td><p>c<p>d</table>", "| a<br>b | c<br>d |\n| --- | --- |"),
                arguments("<table><caption>T</caption><tr><td>a<td>b</table>", "T\n\n| a | b |\n| --- | --- |"),
                arguments("<table><tr><td>a<tr><td>b</table>", "a\nb"),
                arguments("<table role=presentation><tr><td>a<td>b</table>", "a\nb"),
                arguments("<table><tr><td>x<td><table><tr><td>a<td>b</table></table>", "x\n\n| a | b |\n| --- | --- |"),
                arguments("x<table><tr><td>a<td>b</table>y", "x\n\n| a | b |\n| --- | --- |\n\ny"),
                arguments("<table><tr hidden><td>a<td>b<tr><td>c<td>d</table>", "| c | d |\n| --- | --- |"),
                // What nobody sees.
                arguments("a<script>if (1<2) '</b>'</script><style>p{}</style>b", "ab"),
                arguments("a<!-- <p>b --><template>c</template><svg><text>d</text></svg>e", "ae"),
                arguments("<p hidden>a</p><p style='display:none'>b</p><p style='visibility: hidden'>c</p>d", "d"),
                arguments("a<span style='display:none'>b<span>c</span>d</span>e", "ae"),
                arguments("a<b hidden>b</b>c", "ac"),
                arguments("<dialog>a</dialog><dialog open>b</dialog>", "b"),
                arguments("a<noscript>b</noscript>", "a\nb"),
                arguments("<input type=hidden value=a><input type=password value=b>c", "c"),
                arguments("a<video><p>no video</p></video>b", "ab"),
                // Text that looks like tags, and tags that are broken.
                arguments("1 < 2 && 3<4", "1 < 2 && 3<4"),
                arguments("a &lt;b&gt; &amp;amp; &copy; &#8364; &nosuch;", "a <b> &amp; \u00A9 \u20AC &nosuch;"),
                arguments("<textarea><b>a</textarea>b", "```\n<b>a\n```\n\nb"),
                arguments("<p title='>'>a</p><p title=\"<p>\">b", "a\n\nb"),
                arguments("<div><span>a</div>b", "a\nb"),
                arguments("<b><p>a</b>b</p>c", "ab\n\nc"),
                arguments("<table>x<tr><td>a<td>b</table>", "x\n\n| a | b |\n| --- | --- |"),
                arguments("</p></div>a</table>b", "a\n\nb".replace("\n\n", "")),
                arguments("<P>A<DIV>B</DIV>", "A\n\nB"),
                arguments("<math alttext='x^2'><mi>x</mi></math>", "x^2"),
                arguments("<ruby>\u6F22<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "\u6F22(kan)"),
                arguments("", ""));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_reads_as_a_browser_shows_it(String html, String text) {
        assertThat(html(html).text()).isEqualTo(text);
    }

    @Test
    void title_is_the_pages_own_and_not_that_of_a_drawing() {
        assertThat(html("<title> A &amp; B </title><svg><title>no</title></svg>x")
                        .title())
                .isEqualTo("A & B");
        assertThat(html("<svg><title>no</title></svg>x").title()).isNull();
    }

    @Test
    void page_that_only_leads_to_another_says_so() {
        assertThat(html("<meta http-equiv=Refresh content='0; URL=/new'>").text())
                .isEqualTo("This page leads to /new");
    }

    static Stream<Arguments> letters() {
        String meta = "<meta charset=%s>\u00E4\u00F6";
        return Stream.of(
                arguments("text/html", "<p>\u00E4\u20AC", "UTF-8", "\u00E4\u20AC"),
                arguments("text/html", "<p>\u00E4\u20AC", "windows-1252", "\u00E4\u20AC"),
                arguments("text/html; charset=iso-8859-1", "<p>\u00E4\u20AC", "windows-1252", "\u00E4\u20AC"),
                arguments("text/html; charset=\"utf-8\"", "<p>\u00E4", "UTF-8", "\u00E4"),
                arguments("text/html;charset=UTF8", "<p>\u00E4", "UTF-8", "\u00E4"),
                arguments("text/html; charset=nonsense", "<p>\u00E4", "UTF-8", "\u00E4"),
                arguments("text/html", meta.formatted("windows-1252"), "windows-1252", "\u00E4\u00F6"),
                arguments("text/html", meta.formatted("'latin1'"), "windows-1252", "\u00E4\u00F6"),
                arguments("text/html", meta.formatted("utf-16"), "UTF-8", "\u00E4\u00F6"),
                arguments("text/html", "<META CHARSET = koi8-r >\u0434\u0430", "KOI8-R", "\u0434\u0430"),
                arguments("text/html", "<meta charset=windows-1251>\u0434\u0430", "windows-1251", "\u0434\u0430"),
                arguments("text/html", "<meta charset=gb2312>\u4F60\u597D", "GB18030", "\u4F60\u597D"),
                arguments("text/html", "<meta charset=shift_jis>\u65E5\u672C", "windows-31j", "\u65E5\u672C"),
                arguments("text/html", "<meta charset=big5>\u4F60\u597D", "Big5", "\u4F60\u597D"),
                arguments("text/html", "<meta charset=euc-kr>\uD55C\uAE00", "EUC-KR", "\uD55C\uAE00"),
                arguments("text/html", "<meta charset=iso-8859-15>\u20AC", "ISO-8859-15", "\u20AC"),
                arguments(
                        "text/html",
                        "<meta http-equiv=content-type content='text/html; charset=iso-8859-2'>\u0159",
                        "ISO-8859-2",
                        "\u0159"),
                arguments(
                        "text/html",
                        "<meta content=\"text/html; charset=windows-1250\" http-equiv=\"Content-Type\"/>\u0159",
                        "windows-1250",
                        "\u0159"),
                arguments("text/html", "<meta name=d content='charset=koi8-r'>\u00E4", "UTF-8", "\u00E4"),
                arguments("text/html", "<!-- <meta charset=koi8-r> -->\u00E4", "UTF-8", "\u00E4"),
                arguments("text/html; charset=utf-8", "<meta charset=koi8-r>\u00E4", "UTF-8", "\u00E4"),
                arguments("text/html; charset=koi8-r", "\uFEFF<p>\u00E4", "UTF-8", "\u00E4"),
                arguments("text/html", "\uFEFF<p>\u00E4", "UTF-16LE", "\u00E4"),
                arguments("text/html", "\uFEFF<p>\u00E4", "UTF-16BE", "\u00E4"),
                arguments("text/html; charset=utf-16", "<p>\u00E4", "UTF-16LE", "\u00E4"),
                arguments("text/html; charset=utf-7", "<p>\u00E4", "UTF-8", "\u00E4"),
                arguments(
                        "application/xhtml+xml",
                        "<?xml version='1.0' encoding='iso-8859-1'?><html><body>\u00E4</body></html>",
                        "ISO-8859-1",
                        "\u00E4"),
                arguments("text/plain", "\u00E4", "windows-1252", "\u00E4"),
                arguments("text/plain", "\u00E4", "UTF-8", "\u00E4"),
                arguments("application/json", "\"\u00E4\"", "UTF-8", "\"\u00E4\""));
    }

    @ParameterizedTest
    @MethodSource("letters")
    void letters_are_those_that_a_browser_would_show(String type, String text, String charset, String shown) {
        assertThat(bytes(type, text, charset).text()).isEqualTo(shown);
    }

    @Test
    void letter_that_was_cut_in_two_leaves_nothing_behind() {
        byte[] whole = "\u20AC\u20AC".getBytes(StandardCharsets.UTF_8);
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 1);

        assertThat(Pages.read(cut, "text/plain", "https://h.example/", t -> t).text())
                .isEqualTo("\u20AC");
    }

    static Stream<Arguments> others() {
        return Stream.of(
                arguments("application/pdf", "%PDF-1.7", "a PDF document"),
                arguments("application/pdf", "", "a PDF document"),
                arguments("text/html", "%PDF-1.4", "a PDF document"),
                arguments("application/octet-stream", "%PDF-1.4", "a PDF document"),
                arguments("", "%PDF-1.4", "a PDF document"),
                arguments("image/png", "x", "an image"),
                arguments("image/svg", "x", "an image"),
                arguments("text/plain", "GIF89a", "an image"),
                arguments("audio/mpeg", "x", "a sound"),
                arguments("video/mp4", "x", "a video"),
                arguments("font/woff2", "x", "a font"),
                arguments("application/zip", "x", "an archive"),
                arguments("application/x-tar", "x", "an archive"),
                arguments("", "PK\u0003\u0004", "an archive or an office document"),
                arguments("application/msword", "x", "an office document"),
                arguments(
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                        "x",
                        "an office document"),
                arguments("application/octet-stream", "a\u0000b", "binary data"),
                arguments("text/plain", "a\u0000b", "binary data"),
                arguments("text/html", "\u0001\u0002", "binary data"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void what_is_not_text_is_named_and_not_decoded(String type, String text, String kind) {
        var page = bytes(type, text, "ISO-8859-1");

        assertThat(page.text()).isEmpty();
        assertThat(page.leftOut()).isEqualTo("Not text: this is %s, and only text can be read here", kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/octet-stream", "binary", "application/x-whatever"})
    void text_that_nobody_named_is_read_all_the_same(String type) {
        assertThat(bytes(type, "a,b\n1,2", "UTF-8").text()).isEqualTo("a,b\n1,2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE html><p>a", "<html><p>a", "\n <!-- x --><div>a</div>", "\uFEFF<h1>a</h1>"})
    void page_without_a_type_is_known_by_how_it_begins(String html) {
        assertThat(bytes("", html, "UTF-8").type()).isEqualTo("text/html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div>",
                "<b>",
                "<p>",
                "<span>",
                "<a>",
                "<table>",
                "<ul><li>",
                "<font>",
                "<blockquote>",
                "<section>",
                "<svg>",
                "<select>",
                "<button>",
                "<form>",
                "<nobr>",
                "<dd>",
                "<x-y>",
                "<b><p>",
                "<a><b><div>",
                "<table><tr><td>",
                "<b></i>",
                "<p><b>",
                "<a href=x><div>",
                "<p></b>",
                "<code><p>",
                "<code a=%d><p>",
                "<s a=%d></s>",
                "</p>",
                "</br>",
                "<br>",
                "<math>",
                "<ruby>",
                "<td>",
                "<table>x<p>",
                "<s><table>",
                "<sup><sup>",
                "<ol><li><ol><li>",
                "<pre>",
                "<h1><h2>",
                "<li>x<ol>",
                "<dl><dd>",
                "<table><caption>",
                "<table><a>",
                "<table><br>",
                "<details>",
                "<template>",
                "<object>",
                "<q><q>",
                "<b style=display:none>"
            })
    void nesting_without_end_costs_no_more_than_the_length_of_a_page(String tags) {
        var page = new StringBuilder();
        for (int n = 0; page.length() < 300_000; n++) {
            page.append(tags.replace("%d", "" + n));
        }

        var parsed = Jsoup.parse(FlattenTags.of(page + "end"));

        assertThat(deepest(parsed)).isLessThan(400);
        assertThat(parsed.stream().count()).isLessThan(150_000);
        html(page.toString());
    }

    private static int deepest(Element root) {
        int deepest = 0;
        for (var element : root.getAllElements()) {
            if (element.childrenSize() == 0) {
                deepest = Math.max(deepest, element.parents().size());
            }
        }
        return deepest;
    }
}
