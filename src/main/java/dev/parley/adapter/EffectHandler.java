package dev.parley.adapter;

/// Carries out the control effects of an engine, on its loop, after the engine's handler returned.
///
/// It may call inputs of the engine; the effects of those are carried out after this one.
///
/// @param <E> the engine's sealed control effects
@FunctionalInterface
public interface EffectHandler<E> {
  void carryOut(E effect, EventLoop loop);
}
