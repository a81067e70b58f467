package dev.parley.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/// TURN credentials that were taken back, remembered until they would have expired: a loop that
/// starts later must refuse them, too.
@Entity
@Table(name = "turn_revocation")
class TurnRevocation {
  @Id private UUID id;
  private String realm;

  @Column(name = "turn_user")
  private String user;

  private String username;

  @Column(name = "until_at")
  private Instant until;

  protected TurnRevocation() {}

  TurnRevocation(TurnRevocationView view) {
    this.id = UUID.randomUUID();
    this.realm = view.realm();
    this.user = view.user();
    this.username = view.username();
    this.until = view.until();
  }

  TurnRevocationView view() {
    return new TurnRevocationView(realm, user, username, until);
  }
}
