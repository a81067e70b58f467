package dev.parley.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/// Somebody, or a machine, that uses TURN with a name and a password that do not expire.
@Entity
@Table(name = "turn_user")
class TurnUser {
  @Id private UUID id;
  private String realm;
  private String name;

  /// SHA-256(name ":" realm) in hex, to be found by what clients send instead of the name.
  private String userhash;

  /// Both keys, sealed: they open TURN as the password does.
  @Column(name = "sealed_keys")
  private String keys;

  private boolean enabled;

  @Column(name = "created_at")
  private Instant createdAt;

  @Version private long version;

  protected TurnUser() {}

  TurnUser(UUID id, String realm, String name, String userhash, String keys, Instant createdAt) {
    this.id = id;
    this.realm = realm;
    this.name = name;
    this.userhash = userhash;
    this.keys = keys;
    this.enabled = true;
    this.createdAt = createdAt;
  }

  UUID id() {
    return id;
  }

  String realm() {
    return realm;
  }

  String name() {
    return name;
  }

  String keys() {
    return keys;
  }

  boolean enabled() {
    return enabled;
  }

  void enable(boolean enabled) {
    this.enabled = enabled;
  }

  void changeKeys(String sealed) {
    keys = sealed;
  }

  TurnUserView view() {
    return new TurnUserView(id, realm, name, enabled, createdAt);
  }
}
