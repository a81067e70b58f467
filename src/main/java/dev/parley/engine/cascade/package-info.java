/// One room over several loops: each loop on which it has peers has a *branch* of it, a
/// [dev.parley.engine.sfu.Router]; all branches are equal. What is published on one is *carried* to
/// those of the others that have use for it, once however many receivers there are.
///
/// A [Cascade] is one loop's end of it. Of a room it keeps a [SharedRoom]: a [OwnTrack] for each
/// track that is published here, with a [CarryingLeg] to each branch that wants it, and a
/// [FarTrack] for each that is published elsewhere, which stands in the router under the same id
/// and names as at home. [Note]s say what there is and what is wanted, [Label]led packets follow.
/// All are confined to their loop and know neither threads nor sockets: a [Crossing] takes notes
/// and packets over, from loop to loop in memory, and between nodes later by a codec of the same
/// values.
///
/// Facts are told once: tracks and their layers by the publisher's branch, subscriptions and peers
/// by the peer's, speakers by the branch that leads.
///
/// ## Assumptions
///
/// - Packets are carried as they stand in the publisher's ring, in the clear: a crossing to another
///   node has to protect them.
/// - A packet that the crossing loses is lost for the receiving branch: nobody asks for it again.
///   Its receivers see a gap and ask for a key frame. Loops lose packets only when one is
///   overloaded.
/// - All encodings that anybody on a branch has use for are carried to it, not only what is sent
///   just then: what a receiver may get is decided by what its own branch measures.
/// - What a branch has use for no longer is carried for some seconds more, like publishers send.
package dev.parley.engine.cascade;
