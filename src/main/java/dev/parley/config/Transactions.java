package dev.parley.config;

import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;

/// Runs work on the database in a transaction of its own: committed when the call returns, rolled
/// back when it throws.
///
/// Boundaries call it instead of being transactional themselves, so that hashing a password or
/// reading again after a lost race happens outside of any transaction.
public interface Transactions {
  /// How often lost races are run again before the caller hears of them.
  int ATTEMPTS = 5;

  /// Work on the database.
  @FunctionalInterface
  interface Work<T, X extends Exception> {
    T in(EntityManager entities) throws X;
  }

  /// Runs the work once; its changes are flushed before it commits, so that a violated constraint
  /// is a [jakarta.persistence.PersistenceException] from here.
  <T, X extends Exception> T call(Work<T, X> work) throws X;

  /// Runs the work, again where somebody else changed the same row meanwhile.
  default <T, X extends Exception> T retry(Work<T, X> work) throws X {
    for (int attempt = 1; ; attempt++) {
      try {
        return call(work);
      } catch (OptimisticLockException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
