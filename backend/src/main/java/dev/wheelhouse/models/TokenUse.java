package dev.wheelhouse.models;

/// Tokens of one answer; `cached` is the part of `input` that the provider had kept.
public record TokenUse(long input, long cached, long output) {}
