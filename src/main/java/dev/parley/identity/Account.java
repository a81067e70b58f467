package dev.parley.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/// A local account: somebody who logs in with a name and a password.
@Entity
@Table(name = "account")
class Account {
  @Id private UUID id;
  private String name;

  @Column(name = "display_name")
  private String displayName;

  @Column(name = "password_hash")
  private String passwordHash;

  @Enumerated(EnumType.STRING)
  private Role role;

  private boolean disabled;

  /// Counts the passwords it had; a login made with an older one ends.
  private int credential;

  @Column(name = "created_at")
  private Instant createdAt;

  @Version private long version;

  protected Account() {}

  Account(String name, String displayName, String passwordHash, Role role, Instant createdAt) {
    this.id = UUID.randomUUID();
    this.name = name;
    this.displayName = displayName;
    this.passwordHash = passwordHash;
    this.role = role;
    this.credential = 1;
    this.createdAt = createdAt;
  }

  String passwordHash() {
    return passwordHash;
  }

  int credential() {
    return credential;
  }

  /// A new password: ends every login made with the old one.
  void changePassword(String hash) {
    passwordHash = hash;
    credential++;
  }

  /// The same password under stronger parameters; unless it was changed meanwhile.
  void rehash(String old, String hash) {
    if (passwordHash.equals(old)) {
      passwordHash = hash;
    }
  }

  void rename(String displayName) {
    this.displayName = displayName;
  }

  void appoint(Role role) {
    this.role = role;
  }

  void disable(boolean disabled) {
    this.disabled = disabled;
  }

  /// Whether it is an administrator who can log in.
  boolean administers() {
    return role == Role.ADMIN && !disabled;
  }

  boolean disabled() {
    return disabled;
  }

  AccountView view() {
    return new AccountView(name, displayName, role, disabled, createdAt);
  }
}
