package dev.parley.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/// An API key that an administrator made. Its secret is not stored: it is derived from the master
/// secret and the id, so whoever reads the database can sign nothing.
@Entity
@Table(name = "api_key")
class ApiKey {
  @Id private String id;
  private String label;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "revoked_at")
  private Instant revokedAt;

  @Version private long version;

  protected ApiKey() {}

  ApiKey(String id, String label, Instant createdAt) {
    this.id = id;
    this.label = label;
    this.createdAt = createdAt;
  }

  boolean holds() {
    return revokedAt == null;
  }

  void revoke(Instant now) {
    if (revokedAt == null) {
      revokedAt = now;
    }
  }

  ApiKeyView view() {
    return new ApiKeyView(id, label, createdAt, revokedAt);
  }
}
