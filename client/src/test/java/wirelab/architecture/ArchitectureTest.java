package wirelab.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import wirelab.testing.ProgramUnderTest;

/// The rules of docs/architecture.md, checked on the class files of every module.
class ArchitectureTest {
    private static final List<String> PROGRAMS =
            List.of("dhcp-server", "dns-server", "rudp-proxy", "scrap-server", "http-server", "client");
    private static final Set<String> CORE = Set.of("wire", "dhcp", "dns", "rudp", "http", "scrap", "daemon", "sim");

    /// Protocols and engines: they know bytes and time, and are handed both.
    private static final String[] PURE = {
        "wirelab.wire..",
        "wirelab.dhcp..",
        "wirelab.dns..",
        "wirelab.rudp..",
        "wirelab.http..",
        "wirelab.scrap..",
        "wirelab.sim..",
        "wirelab.*.engine..",
    };

    private static JavaClasses classes = new ClassFileImporter().importClasses();

    @BeforeAll
    static void importAllModules() {
        var folders = Stream.concat(Stream.of("core"), PROGRAMS.stream())
                .map(ArchitectureTest::classesOf)
                .filter(Files::isDirectory)
                .toList();
        classes = new ClassFileImporter().importPaths(folders);
    }

    private static Path classesOf(String module) {
        return ProgramUnderTest.root().resolve(module).resolve("target/classes");
    }

    /// The rules below see only what is compiled; this one says when that was not everything.
    @Test
    void everyModuleIsThere() {
        for (var module : PROGRAMS) {
            assumeTrue(Files.isDirectory(classesOf(module)), module + " is not built: run mvn verify without -pl");
        }
        assertThat(classes).hasSizeGreaterThan(PROGRAMS.size());
    }

    @Test
    void coreIsClosed() {
        var packages = new ClassFileImporter()
                .importPath(classesOf("core")).stream()
                        .map(one -> one.getPackageName().split("\\.", -1))
                        .map(names -> names.length > 1 ? names[1] : names[0])
                        .collect(Collectors.toSet());
        assertThat(packages).isSubsetOf(CORE);
    }

    @Test
    void noProgramDependsOnAnother() {
        var programs = PROGRAMS.stream()
                .map(module -> module.replace("-", ""))
                .collect(Collectors.joining("|", "wirelab.(", ").."));
        slices().matching(programs).should().notDependOnEachOther().check(classes);
        noClasses()
                .that(resideInAnyPackage(
                        CORE.stream().map(name -> "wirelab." + name + "..").toArray(String[]::new)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(PROGRAMS.stream()
                        .map(module -> "wirelab." + module.replace("-", "") + "..")
                        .toArray(String[]::new)))
                .check(classes);
    }

    @Test
    void protocolsAndEnginesKnowNoSocket() {
        pure().dependOnClassesThat(resideInAnyPackage("java.net..", "javax.net..")
                        .and(not(belongToAnyOf(
                                Inet4Address.class,
                                Inet6Address.class,
                                InetAddress.class,
                                InetSocketAddress.class,
                                SocketAddress.class,
                                URI.class,
                                URISyntaxException.class,
                                UnknownHostException.class))))
                .orShould()
                .dependOnClassesThat(resideInAnyPackage("java.nio.channels..", "wirelab.daemon.."))
                .orShould()
                .accessTargetWhere(resolvesNames())
                .check(classes);
    }

    @Test
    void protocolsAndEnginesKnowNoFile() {
        pure().dependOnClassesThat(resideInAnyPackage("java.io..", "java.nio.file.."))
                .check(classes);
    }

    @Test
    void protocolsAndEnginesKnowNoThread() {
        pure().dependOnClassesThat(resideInAnyPackage("java.util.concurrent..")
                        .or(belongToAnyOf(Thread.class, ThreadLocal.class, Process.class, ProcessBuilder.class)))
                .check(classes);
    }

    @Test
    void protocolsAndEnginesDoNotLog() {
        pure().dependOnClassesThat(resideInAnyPackage("org.slf4j..", "java.util.logging.."))
                .check(classes);
    }

    @Test
    void protocolsAndEnginesAreToldTheTime() {
        pure().dependOnClassesThat(type(Clock.class))
                .orShould()
                .accessTargetWhere(readsTheClock())
                .check(classes);
    }

    @Test
    void socketsAreForShells() {
        var shells = Stream.concat(
                        Stream.of("wirelab.daemon"),
                        PROGRAMS.stream()
                                .map(module -> "wirelab." + module.replace("-", ""))
                                .flatMap(top -> Stream.of(top, top + ".shell..")))
                .toArray(String[]::new);
        noClasses()
                .that(not(resideInAnyPackage(shells)))
                .should()
                .dependOnClassesThat(describe(
                        "are sockets",
                        one -> Stream.of(
                                        NetworkChannel.class,
                                        Selector.class,
                                        Socket.class,
                                        ServerSocket.class,
                                        DatagramSocket.class)
                                .anyMatch(one::isAssignableTo)))
                .check(classes);
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Utils?)(\\$.*)?")
                .check(classes);
    }

    @Test
    void accessorsHaveNoPrefix() {
        noMethods()
                .that()
                .arePublic()
                .and(describe("are not asked for by somebody else's type", ArchitectureTest::isOurs))
                .should()
                .haveNameMatching("get[A-Z].*")
                .check(classes);
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().beFinal().check(classes);
        noFields()
                .that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .haveRawType(describe(
                        "change by themselves", one -> one.getPackageName().equals("java.util.concurrent.atomic")))
                .check(classes);
    }

    @Test
    void nobodyReflects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .orShould()
                .callMethod(Class.class, "forName", String.class)
                .check(classes);
    }

    private static ClassesShould pure() {
        return noClasses().that(resideInAnyPackage(PURE)).should();
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheClock() {
        return describe("read a clock", access -> {
            var owner = access.getTargetOwner();
            return switch (access.getName()) {
                case "nanoTime", "currentTimeMillis" -> owner.isEquivalentTo(System.class);
                case "now", "systemUTC", "system" -> owner.getPackageName().equals(Instant.class.getPackageName());
                default -> false;
            };
        });
    }

    private static DescribedPredicate<JavaAccess<?>> resolvesNames() {
        return describe(
                "resolve names",
                access -> access.getTargetOwner().isEquivalentTo(InetAddress.class)
                        && Set.of("getByName", "getAllByName", "getLocalHost", "getHostName", "getCanonicalHostName")
                                .contains(access.getName()));
    }

    /// Whether the name of a method was for us to choose.
    private static boolean isOurs(JavaMethod method) {
        return Stream.concat(
                        method.getOwner().getAllRawSuperclasses().stream(),
                        method.getOwner().getAllRawInterfaces().stream())
                .filter(above -> !above.getPackageName().startsWith("wirelab"))
                .noneMatch(above -> above.tryGetMethod(
                                method.getName(),
                                method.getRawParameterTypes().stream()
                                        .map(JavaClass::getName)
                                        .toArray(String[]::new))
                        .isPresent());
    }
}
