package dev.parley.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/// [Transactions] by the container's JTA.
@ApplicationScoped
class ContainerTransactions implements Transactions {
  @PersistenceContext(unitName = "parley")
  EntityManager entities;

  @Override
  @Transactional(value = TxType.REQUIRES_NEW, rollbackOn = Exception.class)
  public <T, X extends Exception> T call(Work<T, X> work) throws X {
    T result = work.in(entities);
    entities.flush();
    return result;
  }
}
