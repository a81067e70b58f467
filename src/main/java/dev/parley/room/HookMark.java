package dev.parley.room;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/// The last batch that a node has written: part of its transaction, so that a commit of which
/// nobody heard is known when it is tried again.
@Entity
@Table(name = "webhook_mark")
class HookMark {
  @Id private String node;
  private long batch;

  protected HookMark() {}

  HookMark(String node) {
    this.node = node;
  }

  long batch() {
    return batch;
  }

  void batch(long written) {
    batch = written;
  }
}
