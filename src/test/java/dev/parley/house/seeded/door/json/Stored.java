package dev.parley.house.seeded.door.json;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/// An entity in a door, and a getter.
@Entity
public class Stored {
  @Id private String id;

  public String getId() {
    return id;
  }
}
