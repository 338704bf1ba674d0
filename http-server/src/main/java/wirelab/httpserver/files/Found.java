package wirelab.httpserver.files;

import wirelab.httpserver.engine.Resource;

/// What a path leads to, and its octets.
public record Found(Resource resource, Content content) {
    static Found nothing(Resource resource) {
        return new Found(resource, new Content.None());
    }
}
