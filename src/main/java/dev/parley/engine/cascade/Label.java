package dev.parley.engine.cascade;

/// What stands on each packet that is carried: a value, made once for a layer on its way to one
/// branch.
///
/// ```
/// place (receiver's) | stamp of the place | layer (sender's) | rid, SSRC: of a layer's first packet
/// ```
///
/// @param place where the receiving branch keeps the track, as its [Note.Want] said
/// @param stamp which of the tracks that were kept there
/// @param layer the sending branch's number
/// @param rid the encoding's name, or null
/// @param ssrc the publisher's
public record Label(int place, int stamp, int layer, String rid, int ssrc) {}
