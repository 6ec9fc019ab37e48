/// The process in which files of others are read: it may open no connection, start no program and open no
/// file.
///
/// Front door: [dev.wheelhouse.parser.ParserChild], a program of its own.
///
/// ```
/// file on standard input ──▶ read whole ──▶ libraries warmed up ──▶ cage shut ──▶ parsed ──▶ pages on standard output
/// ```
///
/// **Invariants**: nothing of a file is looked at before the cage is shut. Nothing of the platform is here:
/// no setting, no secret, no environment. What a parser throws becomes a reason.
@NullMarked
package dev.wheelhouse.parser;

import org.jspecify.annotations.NullMarked;
