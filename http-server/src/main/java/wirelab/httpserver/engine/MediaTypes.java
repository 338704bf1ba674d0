package wirelab.httpserver.engine;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// What a file holds, by the end of its name. Immutable.
///
/// Text is said to be UTF-8, which nearly all is by now; the types for which no `charset` is defined say nothing.
///
/// @spec https://www.iana.org/assignments/media-types IANA media types
public final class MediaTypes {
    public static final String HTML = "text/html; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";
    private static final String UNKNOWN = "application/octet-stream";

    /// A type, and the ends of names that have it.
    private static final String TABLE = """
            application/atom+xml atom
            application/dicom dcm
            application/epub+zip epub
            application/geo+json geojson
            application/gzip gz tgz
            application/java-archive jar war
            application/json json map
            application/jsonl jsonl
            application/ld+json jsonld
            application/manifest+json webmanifest
            application/mbox mbox
            application/msword doc dot
            application/ogg ogx
            application/pdf pdf
            application/pgp-signature sig
            application/pkcs10 csr
            application/pkix-cert cer
            application/pkix-crl crl
            application/postscript ps eps ai
            application/rss+xml rss
            application/rtf rtf
            application/sql sql
            application/toml toml
            application/vnd.android.package-archive apk
            application/vnd.debian.binary-package deb udeb
            application/vnd.google-earth.kml+xml kml
            application/vnd.google-earth.kmz kmz
            application/vnd.ms-cab-compressed cab
            application/vnd.ms-excel xls
            application/vnd.ms-powerpoint ppt
            application/vnd.oasis.opendocument.graphics odg
            application/vnd.oasis.opendocument.presentation odp
            application/vnd.oasis.opendocument.spreadsheet ods
            application/vnd.oasis.opendocument.text odt
            application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
            application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
            application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
            application/vnd.rar rar
            application/vnd.sqlite3 sqlite db
            application/vnd.tcpdump.pcap pcap pcapng cap
            application/wasm wasm
            application/x-7z-compressed 7z
            application/x-bzip2 bz2 tbz2
            application/x-iso9660-image iso
            application/x-lzip lz
            application/x-rpm rpm
            application/x-sh sh
            application/x-tar tar
            application/x-x509-ca-cert crt der pem
            application/x-xz xz txz
            application/xhtml+xml xhtml xht
            application/xml xml xsd dtd
            application/xslt+xml xsl xslt
            application/yaml yaml yml
            application/zip zip
            application/zstd zst
            audio/aac aac
            audio/flac flac
            audio/midi mid midi
            audio/mp4 m4a
            audio/mpeg mp3
            audio/ogg ogg oga opus
            audio/wav wav
            audio/webm weba
            audio/x-aiff aif aiff
            font/collection ttc
            font/otf otf
            font/ttf ttf
            font/woff woff
            font/woff2 woff2
            image/apng apng
            image/avif avif
            image/bmp bmp
            image/gif gif
            image/heic heic
            image/jpeg jpg jpeg jpe jfif
            image/jxl jxl
            image/png png
            image/svg+xml svg
            image/tiff tif tiff
            image/vnd.microsoft.icon ico
            image/webp webp
            message/rfc822 eml
            model/gltf+json gltf
            model/gltf-binary glb
            model/stl stl
            text/cache-manifest appcache
            text/calendar ics
            text/css css
            text/csv csv
            text/html html htm
            text/javascript js mjs
            text/markdown md markdown
            text/plain txt text conf cfg log ini asc java c h cc cpp hpp py rb rs go ts zone patch diff properties
            text/tab-separated-values tsv
            text/turtle ttl
            text/vcard vcf
            text/vtt vtt
            video/3gpp 3gp
            video/matroska mkv
            video/mp2t m2ts
            video/mp4 mp4 m4v
            video/mpeg mpeg mpg
            video/ogg ogv
            video/quicktime mov
            video/webm webm
            video/x-msvideo avi
            """;

    private static final Map<String, String> BY_EXTENSION = read(TABLE);

    private MediaTypes() {}

    private static Map<String, String> read(String table) {
        var types = new HashMap<String, String>();
        for (var line : table.split("\n", -1)) {
            var words = line.split(" ", -1);
            var type = words[0].startsWith("text/") ? words[0] + "; charset=utf-8" : words[0];
            for (int i = 1; i < words.length; i++) {
                types.put(words[i], type);
            }
        }
        return Map.copyOf(types);
    }

    /// The media type of a file with this name.
    public static String of(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0
                ? UNKNOWN
                : BY_EXTENSION.getOrDefault(name.substring(dot + 1).toLowerCase(Locale.ROOT), UNKNOWN);
    }

    /// Whether a packed form may stand beside a file with this name: text and the like, which packing makes smaller.
    public static boolean isWorthPacking(String name) {
        var type = of(name);
        return type.startsWith("text/")
                || type.endsWith("json")
                || type.endsWith("xml")
                || type.endsWith("javascript")
                || type.equals("application/wasm")
                || type.equals("application/yaml")
                || type.equals("application/sql")
                || type.equals("image/bmp")
                || type.equals("font/ttf")
                || type.equals("font/otf");
    }
}
