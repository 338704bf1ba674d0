package wirelab.client.capture;

/// One end of a packet. Immutable.
///
/// @param address as tshark writes it: of IP, or of the link where there is no IP
/// @param port of UDP or TCP; 0 where there is none
public record Endpoint(String address, int port) {
    @Override
    public String toString() {
        return port == 0 ? address : address + ":" + port;
    }
}
