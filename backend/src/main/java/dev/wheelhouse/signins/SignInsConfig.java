package dev.wheelhouse.signins;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import io.micronaut.context.annotation.ConfigurationProperties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How sign-ins come back.
///
/// @param publicUrl where browsers reach this platform, such as `https://agents.example.org`; without it
/// people are sent back to the address that they came by, and no authorization server can read about this
/// client
@ConfigurationProperties("sign-ins")
record SignInsConfig(@Nullable String publicUrl) {

    private static final Pattern FORM = Pattern.compile("https?://[A-Za-z0-9.\\[\\]:-]+(/[A-Za-z0-9._~-]+)*");

    SignInsConfig {
        if (publicUrl != null && publicUrl.isBlank()) {
            publicUrl = null;
        }
        if (publicUrl != null && !FORM.matcher(publicUrl).matches()) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "sign-ins.public-url is \"%s\", which is not an address of the web".formatted(publicUrl),
                    "Write it like https://agents.example.org, without a slash at its end");
        }
    }
}
