/// What a capture holds, frame by frame, as tshark and the dissectors of docs/wireshark decode it: frames, what they
/// carry, and the connections they belong to. Nothing here decodes a packet.
@NullMarked
package wirelab.client.capture;

import org.jspecify.annotations.NullMarked;
