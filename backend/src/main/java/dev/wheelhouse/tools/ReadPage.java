package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.outbound.Sending;
import dev.wheelhouse.pages.Pages;
import dev.wheelhouse.secrets.Scrubber;
import java.io.IOException;
import java.io.InputStream;

/// Reads a response body as text, up to a number of bytes, and reports where it was cut off.
record ReadPage(int most, Scrubber scrubber) {

    private static final int LONGEST_TEXT = 24_000;

    ObjectNode read(Sending.Head head, InputStream body) throws IOException {
        byte[] bytes = body.readAllBytes();
        boolean isCut = bytes.length == most;
        var page = Pages.read(bytes, head.type(), head.url().toString(), text -> scrubbed(text, isCut));
        var json = Json.mapper()
                .createObjectNode()
                .put("url", head.url().toString())
                .put("status", head.status())
                .put("type", page.type());
        if (page.leftOut() != null) {
            return json.put("text", "").put("left_out", page.leftOut());
        }
        if (page.title() != null) {
            json.put("title", page.title());
        }
        json.put("text", Text.shorten(page.text(), LONGEST_TEXT));
        if (page.text().length() > LONGEST_TEXT) {
            json.put("cut_at_characters", LONGEST_TEXT);
        }
        return isCut ? json.put("cut_at_bytes", bytes.length) : json;
    }

    /// Before anything is cut off or rearranged, which could leave part of a secret behind.
    private String scrubbed(String content, boolean isCut) {
        return isCut ? scrubber.scrubCut(content) : scrubber.scrub(content);
    }
}
