package wirelab.dnsserver;

import java.util.stream.Collectors;
import wirelab.dns.Rdata;

/// A record's data in a word, for the log. Immutable: it holds nothing.
final class AnswerText {
    private AnswerText() {}

    static String of(Rdata data) {
        return switch (data) {
            case Rdata.A(var address) -> address.getHostAddress();
            case Rdata.Aaaa(var address) -> address.getHostAddress();
            case Rdata.Ns(var name) -> name.toString();
            case Rdata.Cname(var name) -> name.toString();
            case Rdata.Ptr(var name) -> name.toString();
            case Rdata.Dname(var name) -> name.toString();
            case Rdata.Mx(var preference, var exchange) -> preference + " " + exchange;
            case Rdata.Srv(var priority, var weight, var port, var target) ->
                priority + " " + weight + " " + port + " " + target;
            case Rdata.Soa soa -> soa.server() + " " + soa.serial();
            case Rdata.Txt(var strings) ->
                strings.stream()
                        .map(string -> '"' + string.toLatin1().replaceAll("[^ -~]", "?") + '"')
                        .collect(Collectors.joining(" "));
            case Rdata.Opt _ -> "options";
            case Rdata.Unknown(var _, var octets) -> octets.size() + " octets";
        };
    }
}
