package dev.wheelhouse.models;

/// Brings a provider that answers in this process in place of a language model. It needs no key, what it answers costs
/// nothing and is marked `demo`, and without a key for a real model the alias `default` leads to it.
public interface ProviderSource {

    /// The name of the provider in settings; also that of the model, where nobody names one.
    String provider();

    Provider open(String model);
}
