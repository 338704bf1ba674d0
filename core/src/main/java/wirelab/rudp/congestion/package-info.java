/// Congestion control: how much may be under way, and how fast it is sent.
///
/// [wirelab.rudp.congestion.CongestionControl] is what the transport asks; there is one file for each algorithm.
@NullMarked
package wirelab.rudp.congestion;

import org.jspecify.annotations.NullMarked;
