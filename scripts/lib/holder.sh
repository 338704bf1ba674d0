#!/usr/bin/env bash
# The first process of a lab's private network: sets the network up and stays, since the namespaces live as long as
# it does. Started by private.sh inside new namespaces; ends with everything in them when it is killed.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin

# What `ps` shows in here are the lab's processes. Some containers refuse it, and the lab does without.
mount -t proc proc /proc 2>/dev/null || true

ip link set lo up
# With `scope host` the address is never chosen as a source by itself: a DISCOVER leaves from 0.0.0.0.
ip address add 10.20.30.40/32 dev lo scope host
ip route add 255.255.255.255/32 dev lo
# Neighbour discovery would open every capture with a dozen frames that nobody asked for.
for switch in /proc/sys/net/ipv6/conf/*/disable_ipv6; do
  { echo 1 >"$switch"; } 2>/dev/null || true
done

echo ready
# Nobody knows of us until this line comes. If the command that started us died before, the pipe ends, and so do we.
read -r _ || exit 1
exec </dev/null >/dev/null 2>&1

# bash, not sleep: the first process has to collect the orphans.
while :; do
  sleep 86400 &
  wait $! || true
done
