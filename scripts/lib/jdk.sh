# shellcheck shell=bash
# Finds a JDK that is new enough. Needs say.sh and tools.sh.

readonly JDK_WANTED=25

# The feature release of the JDK in a folder, as 25; nothing if there is no JDK.
jdk_release() {
  local home=$1 version
  [[ -x $home/bin/java && -x $home/bin/javac ]] || return 0
  if [[ -r $home/release ]]; then
    version=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$home/release")
  else
    version=$("$home/bin/java" -version 2>&1 | sed -n '1s/.*"\([^"]*\)".*/\1/p')
  fi
  version=${version#1.}
  printf '%s\n' "${version%%[!0-9]*}"
}

# The home of the `java` on the PATH, through its symbolic links.
jdk_on_path() {
  local java
  java=$(command -v java) || return 0
  java=$(readlink -f "$java")
  printf '%s\n' "${java%/bin/java}"
}

# Every folder that may be a JDK, the likeliest first.
jdk_candidates() {
  printf '%s\n' "${JAVA_HOME:-}"
  jdk_on_path
  printf '%s\n' /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* "$HOME"/.asdf/installs/java/*
}

# Prints the home of a JDK that is new enough, or fails in silence.
find_jdk() {
  local home release
  while IFS= read -r home; do
    [[ -n $home ]] || continue
    release=$(jdk_release "$home")
    if ((${release:-0} >= JDK_WANTED)); then
      printf '%s\n' "$home"
      return 0
    fi
  done < <(jdk_candidates)
  return 1
}

# Sets JDK to the home of a JDK; installs one where the system's packages have it and that is allowed, else says how.
require_jdk() {
  [[ -n ${JDK:-} ]] && return 0
  if [[ -n ${WIRELAB_JAVA_HOME:-} ]]; then
    local release
    release=$(jdk_release "$WIRELAB_JAVA_HOME")
    ((${release:-0} >= JDK_WANTED)) || fail "$UNAVAILABLE" \
      "WIRELAB_JAVA_HOME is $WIRELAB_JAVA_HOME: ${release:+JDK $release, }not a JDK $JDK_WANTED or later"
    JDK=$WIRELAB_JAVA_HOME
    return 0
  fi
  JDK=$(find_jdk) && return 0
  if may_install && apt_has "openjdk-$JDK_WANTED-jdk-headless"; then
    apt_install "openjdk-$JDK_WANTED-jdk-headless"
    JDK=$(find_jdk) && return 0
  fi
  say_how_to_get_a_jdk
  exit "$UNAVAILABLE"
}

say_how_to_get_a_jdk() {
  note "no JDK $JDK_WANTED or later was found (looked at WIRELAB_JAVA_HOME, JAVA_HOME, PATH, /usr/lib/jvm and the usual places)"
  case $(package_manager) in
    apt-get)
      if apt_has "openjdk-$JDK_WANTED-jdk-headless"; then
        echo "  install it:   sudo apt-get install openjdk-$JDK_WANTED-jdk-headless     (or run this again with --install)"
      else
        cat <<END
  this release of the system has no package of it; Eclipse Temurin's has:
    sudo apt-get install wget gpg
    wget -qO- https://packages.adoptium.net/artifactory/api/gpg/key/public | sudo gpg --dearmor -o /usr/share/keyrings/adoptium.gpg
    echo "deb [signed-by=/usr/share/keyrings/adoptium.gpg] https://packages.adoptium.net/artifactory/deb \$(. /etc/os-release; echo \$VERSION_CODENAME) main" | sudo tee /etc/apt/sources.list.d/adoptium.list
    sudo apt-get update && sudo apt-get install temurin-$JDK_WANTED-jdk
END
      fi ;;
    dnf) echo "  install it:   sudo dnf install java-$JDK_WANTED-openjdk-devel" ;;
    pacman) echo "  install it:   sudo pacman -S jdk$JDK_WANTED-openjdk" ;;
    apk) echo "  install it:   sudo apk add openjdk$JDK_WANTED" ;;
    brew) echo "  install it:   brew install openjdk@$JDK_WANTED" ;;
    *) echo "  get one from  https://adoptium.net/temurin/releases/?version=$JDK_WANTED" ;;
  esac >&2
  echo "  or say where one is:   export WIRELAB_JAVA_HOME=/path/to/jdk" >&2
}
