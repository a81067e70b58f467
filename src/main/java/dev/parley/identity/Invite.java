package dev.parley.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/// An invite to a room. Its code is stored hashed: whoever reads the database can use none.
@Entity
@Table(name = "invite")
class Invite {
  @Id private UUID id;

  @Column(name = "code_hash")
  private String codeHash;

  private String room;

  @Column(name = "created_by")
  private String createdBy;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "expires_at")
  private Instant expiresAt;

  /// How often it can still be used, null: without limit.
  private Integer remaining;

  private boolean moderator;
  private boolean revoked;

  @Version private long version;

  protected Invite() {}

  Invite(
      String codeHash,
      String room,
      String createdBy,
      Instant createdAt,
      Instant expiresAt,
      Integer uses,
      boolean moderator) {
    this.id = UUID.randomUUID();
    this.codeHash = codeHash;
    this.room = room;
    this.createdBy = createdBy;
    this.createdAt = createdAt;
    this.expiresAt = expiresAt;
    this.remaining = uses;
    this.moderator = moderator;
  }

  /// Uses it once, where it opens this room now.
  boolean use(String room, Instant now) {
    boolean opens =
        this.room.equals(room)
            && !revoked
            && now.isBefore(expiresAt)
            && (remaining == null || remaining > 0);
    if (opens && remaining != null) {
      remaining--;
    }
    return opens;
  }

  void revoke() {
    revoked = true;
  }

  String room() {
    return room;
  }

  InviteView view() {
    return new InviteView(id, room, createdBy, createdAt, expiresAt, remaining, moderator, revoked);
  }
}
