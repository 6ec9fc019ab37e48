/// Dumps of the database that only the holder of a key can read: the format of age (age-encryption.org/v1)
/// with X25519, by the JDK's own ciphers.
///
/// Front door: [dev.wheelhouse.dumps.Dumps], a program of its own, started by `bin/wheelhouse dumps`.
///
/// ```
/// dump + manifest ──▶ seal, with public keys ──▶ dump.age + manifest with its bytes and sum
/// dump.age + manifest ──▶ open, with a secret key ──▶ dump + manifest
/// ```
///
/// **Invariants**: nothing is held in memory but a piece of 64 KiB. What is not whole, not as it was written
/// or for another key leaves no file behind and is refused in words. No secret key is in a message. Nothing
/// of the platform is here: no setting, no database. Absent on purpose: age's passphrases, SSH keys and
/// plugins.
@NullMarked
package dev.wheelhouse.dumps;

import org.jspecify.annotations.NullMarked;
