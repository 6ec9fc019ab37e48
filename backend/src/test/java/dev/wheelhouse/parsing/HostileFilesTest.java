package dev.wheelhouse.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Files that somebody broke, or made to break others: each ends in time, as text or as a reason. Each kind once here;
/// `make sweeps` tries 200.
@Tag("slow")
class HostileFilesTest {

    private static final int FILES_TO_TRY = System.getenv("WHOLE") == null ? 30 : 200;

    private static final Path FILES = Path.of("src/test/resources/knowledge/files");
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final long SEED = 16;

    private static final List<String> VICTIMS = List.of(
            "testPDF.pdf",
            "testPDF_bookmarks.pdf",
            "testWORD.docx",
            "testPPT.pptx",
            "testEXCEL.xlsx",
            "testOpenOffice2.odt",
            "testEPUB.epub",
            "testRFC822_multipart_attachments.eml",
            "testHTML_utf8.html",
            "testMARKDOWN.md");

    @Test
    void every_hostile_file_ends_in_time_with_text_or_a_reason() throws Exception {
        var parsing = new Parsing(new CagedParser(new ParserConfig(null, "160m", LONGEST, 2_000, 2)));
        var ends = new TreeMap<String, Integer>();
        var late = new ArrayList<String>();
        for (var file : files().entrySet()) {
            long begun = System.nanoTime();
            String end;
            try {
                var parsed = parsing.read(
                        new ByteArrayInputStream(file.getValue()), new Parsing.Declared(file.getKey(), ""));
                boolean hasText = parsed.pages().stream().anyMatch(page -> !page.isBlank());
                end = hasText ? "text" : "silent";
            } catch (UnreadableException e) {
                end = e.reason().code();
            }
            ends.merge(end, 1, Integer::sum);
            var took = Duration.ofNanos(System.nanoTime() - begun);
            if (took.compareTo(LONGEST.plusSeconds(20)) > 0) {
                late.add(file.getKey() + " " + took);
            }
        }

        System.out.println("Hostile files ended as " + ends + ", seed " + SEED);
        assertThat(late).isEmpty();
        assertThat(ends).doesNotContainKey("silent");
        assertThat(ends.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(FILES_TO_TRY);
    }

    private static Map<String, byte[]> files() throws IOException {
        var random = new Random(SEED);
        var files = new TreeMap<String, byte[]>();
        files.put("bomb.pdf", pdf(flate(300)));
        files.put(
                "deep-array.pdf", pdf(("[".repeat(200_000) + "]".repeat(200_000)).getBytes(StandardCharsets.US_ASCII)));
        files.put("nested.html", ("<div>".repeat(200_000) + "x").getBytes(StandardCharsets.UTF_8));
        files.put("long-line.txt", "word ".repeat(1_200_000).getBytes(StandardCharsets.UTF_8));
        files.put("one-word.txt", "x".repeat(3_000_000).getBytes(StandardCharsets.UTF_8));
        files.put("table.md", "| a | b |\n".repeat(300_000).getBytes(StandardCharsets.UTF_8));
        files.put("bomb.docx", zip("word/document.xml", 900));
        files.put("bomb.odt", zip("content.xml", 900));
        files.put("bomb.xlsx", zip("xl/workbook.xml", 900));
        files.put("names.epub", zip("../../../etc/passwd", 1));
        for (int round = 0; files.size() < FILES_TO_TRY; round++) {
            String victim = VICTIMS.get(round % VICTIMS.size());
            byte[] whole = Files.readAllBytes(FILES.resolve(victim));
            files.put("%03d-%s".formatted(round, victim), broken(whole, (round + round / VICTIMS.size()) % 4, random));
        }
        return files;
    }

    private static byte[] broken(byte[] whole, int how, Random random) {
        byte[] bytes = whole.clone();
        switch (how) {
            case 0 -> {
                return java.util.Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
            }
            case 1 -> random.ints(20, 0, bytes.length).forEach(at -> bytes[at] = (byte) random.nextInt());
            case 2 -> random.ints(2_000, 8, Math.max(9, bytes.length)).forEach(at -> bytes[at % bytes.length] ^= 0x55);
            default -> {
                int from = random.nextInt(bytes.length);
                int to = Math.min(bytes.length, from + bytes.length / 4);
                java.util.Arrays.fill(bytes, from, to, (byte) 0);
            }
        }
        return bytes;
    }

    private static byte[] flate(int megabytes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        byte[] text = "(x) Tj ".repeat(150_000).getBytes(StandardCharsets.US_ASCII);
        try (var out = new DeflaterOutputStream(bytes, new Deflater(9))) {
            out.write("BT /F1 12 Tf ".getBytes(StandardCharsets.US_ASCII));
            for (int written = 0; written < megabytes; written++) {
                out.write(text);
            }
        }
        return bytes.toByteArray();
    }

    /// A file of one page with this content.
    private static byte[] pdf(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        boolean isPacked = content[0] != '[';
        out.write(
                ("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                                + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
                                + "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n4 0 obj<<"
                                + (isPacked ? "/Filter/FlateDecode" : "") + "/Length " + content.length + ">>stream\n")
                        .getBytes(StandardCharsets.US_ASCII));
        out.write(content);
        out.write("\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static byte[] zip(String name, int megabytes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            byte[] part = new byte[1 << 20];
            for (int written = 0; written < megabytes; written++) {
                zip.write(part);
            }
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }
}
