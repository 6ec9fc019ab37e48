package dev.wheelhouse.wire;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;

/// What can be wrong with a request before anybody asks what it wants.
public enum Fault {
    LINE(
            ErrorCode.BAD_REQUEST,
            "The request line is not HTTP/1.1",
            "Send a method, a target and HTTP/1.1, with one space between each"),
    LINE_END(ErrorCode.BAD_REQUEST, "A line of the head does not end with CR and LF", "End each line with CR and LF"),
    VERSION(ErrorCode.VERSION_NOT_SUPPORTED, "This version of HTTP is not spoken here", "Use HTTP/1.1"),
    UNKNOWN_METHOD(
            ErrorCode.NOT_IMPLEMENTED,
            "This method is not known here",
            "Use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS, in capitals"),
    METHOD(ErrorCode.NOT_IMPLEMENTED, "This server is no proxy", "Use another method than CONNECT"),
    TARGET(
            ErrorCode.BAD_REQUEST,
            "The target of the request is not a path",
            "Send a path and a query, percent-encoded"),
    PERCENT(ErrorCode.BAD_REQUEST, "The target has a % without two hexadecimal digits", "Write a percent sign as %25"),
    TARGET_LENGTH(
            ErrorCode.URI_TOO_LONG,
            "The target is longer than 8,192 bytes",
            "Send less in the address, and long values in the body"),
    HEAD_LENGTH(
            ErrorCode.HEADERS_TOO_LARGE, "The headers have more than 16,384 bytes", "Send fewer or shorter headers"),
    HEAD_COUNT(ErrorCode.HEADERS_TOO_LARGE, "There are more than 100 headers", "Send fewer"),
    HEADER_NAME(
            ErrorCode.BAD_REQUEST,
            "A header's name has a space or a character that names do not have",
            "Send name, colon, value"),
    HEADER_FOLD(ErrorCode.BAD_REQUEST, "A header goes on in the next line", "Send each header in one line"),
    HEADER_VALUE(ErrorCode.BAD_REQUEST, "A header's value has a control character", "Send printable characters"),
    HOST_MISSING(ErrorCode.BAD_REQUEST, "The header Host is missing", "Send it once"),
    HOST_TWICE(ErrorCode.BAD_REQUEST, "The header Host is there more than once", "Send it once"),
    HOST(ErrorCode.BAD_REQUEST, "The header Host is not a host with an optional port", "Send it as in the address"),
    LENGTH(ErrorCode.BAD_REQUEST, "Content-Length is not one number", "Send it once, in digits"),
    LENGTH_AND_CHUNKS(ErrorCode.BAD_REQUEST, "There are both Content-Length and Transfer-Encoding", "Send one of them"),
    TRANSFER_CODING(
            ErrorCode.NOT_IMPLEMENTED, "This Transfer-Encoding is not known here", "Use chunked, or Content-Length"),
    TRANSFER_ORDER(
            ErrorCode.BAD_REQUEST,
            "Transfer-Encoding must be chunked, once, and only in HTTP/1.1",
            "Use chunked, or Content-Length"),
    CHUNK(
            ErrorCode.BAD_REQUEST,
            "A chunk of the body is malformed",
            "Send its size in hexadecimal digits, CR, LF, the bytes, CR, LF"),
    TRAILER(ErrorCode.BAD_REQUEST, "The trailer of the body is malformed or longer than 4,096 bytes", "Leave it out"),
    BODY_LENGTH(ErrorCode.TOO_LARGE, "The body is larger than %s", "Send less"),
    NO_ROOM(
            ErrorCode.NOT_READY,
            "Too many bodies of requests are on their way to this replica",
            "Send it again in a moment, without a pause in the middle"),
    EXPECTATION(ErrorCode.EXPECTATION_FAILED, "Expect names something other than 100-continue", "Leave it out"),
    CONTENT_CODING(
            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
            "This Content-Encoding is not known here",
            "Send the body as it is, or with gzip or deflate"),
    CONTENT(
            ErrorCode.BAD_REQUEST,
            "The body is not what Content-Encoding says",
            "Send the body as it is, or correct the header"),
    ACCEPT_ENCODING(ErrorCode.NOT_ACCEPTABLE, "Accept-Encoding allows neither gzip nor identity", "Allow one of them");

    private final ErrorCode code;
    private final String message;
    private final String hint;

    Fault(ErrorCode code, String message, String hint) {
        this.code = code;
        this.message = message;
        this.hint = hint;
    }

    /// @param mostBytes that the body may have
    Problem problem(int mostBytes) {
        return new Problem(code, message.replace("%s", "%,d bytes".formatted(mostBytes)), hint);
    }
}
