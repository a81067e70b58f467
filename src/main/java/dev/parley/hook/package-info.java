/// Delivery of webhooks: takes events out of the outbox, one at a time of each room for each URL,
/// and sends them until they arrive or are given up.
///
/// ## Assumptions
///
/// - Any status of 200 to 299 says that an event has arrived; everything else is tried again,
///   refusals too: a receiver that is being set up answers 404 or 401 for a while. Redirections are
///   not followed.
/// - An event may come twice with the same id, never in another order than that of its room, but
///   for dead letters that an administrator sends again.
/// - Nodes' clocks differ by less than half a lease.
package dev.parley.hook;
