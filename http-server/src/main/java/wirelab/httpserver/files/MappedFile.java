package wirelab.httpserver.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.httpserver.engine.Resource;

/// A large file, open and mapped into memory once for all responses that send it. Safe for many threads.
///
/// The kernel copies it from there into the socket, in larger pieces than `sendfile` makes of it: over loopback that
/// moves half as much again. Nobody may read the octets in any other way: where the file has been cut short, a write
/// to a socket fails, but a read would end the thread.
final class MappedFile implements Kept {
    private static final Logger LOG = LoggerFactory.getLogger(MappedFile.class);

    private final Resource.Representation resource;
    private final FileChannel channel;
    private final Arena arena = Arena.ofShared();
    private final ByteBuffer octets;
    private int users;
    private boolean retired;

    /// Maps a file, which is closed when it is retired.
    MappedFile(Resource.Representation resource, FileChannel channel) throws IOException {
        this.resource = resource;
        this.channel = channel;
        this.octets = channel.map(FileChannel.MapMode.READ_ONLY, 0, resource.size(), arena)
                .asByteBuffer();
    }

    @Override
    public synchronized Optional<Found> use() {
        if (retired) {
            return Optional.empty();
        }
        users++;
        return Optional.of(new Found(resource, new Content.Mapped(channel, octets, this::release)));
    }

    private synchronized void release() {
        users--;
        closeIfUnused();
    }

    @Override
    public synchronized void retire() {
        retired = true;
        closeIfUnused();
    }

    private void closeIfUnused() {
        if (!retired || users > 0 || !arena.scope().isAlive()) {
            return;
        }
        arena.close();
        try {
            channel.close();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("error", e).log("close");
        }
    }
}
