/// The door for people: the pages under `src/main/webapp`, their addresses and their security
/// headers. Decides nothing; the pages talk to the other doors themselves.
package dev.parley.door.page;
