package fetch

import (
	"net/netip"
	"strconv"
	"strings"
)

// plainIPv4 writes a host that is an IPv4 address in one of its old notations ("127.1", "0x7f000001", "0177.0.0.1") as
// four decimal numbers, as browsers do (URL standard, "IPv4 parser"); other hosts stay as they are. Left to the resolver,
// some would read these and others ask the network for a name. A host that ends in a number and is no address is refused.
func plainIPv4(host string) (string, error) {
	parts := strings.Split(strings.TrimSuffix(host, "."), ".")
	if last := parts[len(parts)-1]; !isNumber(last) {
		return host, nil
	}
	if len(parts) > 4 {
		return "", errHost
	}
	var ip uint64
	for i, part := range parts {
		bits := 8
		if i == len(parts)-1 { // the last stands for all bytes that are left
			bits = 8 * (5 - len(parts))
		}
		n, err := ipv4Number(part, bits)
		if err != nil {
			return "", errHost
		}
		ip = ip<<bits | n
	}
	return netip.AddrFrom4([4]byte{byte(ip >> 24), byte(ip >> 16), byte(ip >> 8), byte(ip)}).String(), nil
}

// isNumber tells whether a label makes its host an IPv4 address, if a wrong one: digits only, or a hexadecimal number.
func isNumber(label string) bool {
	if label != "" && strings.Trim(label, "0123456789") == "" {
		return true
	}
	_, err := ipv4Number(label, 64)
	return err == nil && strings.HasPrefix(label, "0x")
}

// ipv4Number reads a decimal, octal (0…) or hexadecimal (0x…) number that fits into so many bits.
func ipv4Number(s string, bits int) (uint64, error) {
	switch {
	case s == "0x": // the standard's words: an empty number is zero
		return 0, nil
	case strings.HasPrefix(s, "0x"):
		return strconv.ParseUint(s[2:], 16, bits)
	case len(s) > 1 && s[0] == '0':
		return strconv.ParseUint(s[1:], 8, bits)
	}
	return strconv.ParseUint(s, 10, bits)
}
