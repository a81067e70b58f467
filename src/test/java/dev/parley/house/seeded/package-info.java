/// A house that breaks every law once, so that each law is seen to bite.
package dev.parley.house.seeded;
