/// Pictures that people show to agents, kept beside the runs that name them.
///
/// Front door: [dev.wheelhouse.images.Images]. A door reads what a client sends ([dev.wheelhouse.images.Image#read]),
/// keeps it once the request is known to be right, and puts its name into the run's input; whoever asks a model reads
/// the bytes again.
///
/// **Invariants**: a picture's name is the hash of its bytes, so the same picture is stored once for each
/// tenant, however often a conversation is sent. Its type is what the bytes say, not what the sender says.
/// Nothing is fetched here.
@NullMarked
package dev.wheelhouse.images;

import org.jspecify.annotations.NullMarked;
