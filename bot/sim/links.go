package sim

import (
	"errors"
	"net/url"
	"strconv"
	"strings"
)

// maxLink is the longest address in bytes that is kept.
const maxLink = 2048

var (
	errLinkHost   = errors.New("URL host is empty")
	errLinkScheme = errors.New("Unsupported URL protocol")
	errLinkWrong  = errors.New("Wrong HTTP URL")
)

// checkLink normalises an address as Telegram does: a missing scheme is http, a missing path is "/". Only http, https,
// tg, ton and tonsite are known; a web address needs a host with a dot in it.
func checkLink(raw string) (string, error) {
	raw = strings.TrimSpace(raw)
	if raw == "" {
		return "", errLinkHost
	}
	scheme, _, found := strings.Cut(raw, ":")
	switch s := strings.ToLower(scheme); {
	case found && (s == "tg" || s == "ton" || s == "tonsite"):
		return raw, nil
	case strings.Contains(raw, "://"):
		if s != "http" && s != "https" {
			return "", errLinkScheme
		}
	default:
		raw = "http://" + raw
	}
	u, err := url.Parse(raw)
	if err != nil {
		return "", errLinkWrong
	}
	switch host := u.Hostname(); {
	case host == "":
		return "", errLinkHost
	case !strings.Contains(host, ".") || strings.HasSuffix(host, ".") || strings.ContainsAny(host, " <>\"'"):
		return "", errLinkWrong
	}
	return normalLink(raw), nil
}

// normalLink lowers scheme and host and leaves the rest as it was written.
func normalLink(raw string) string {
	start := strings.Index(raw, "://") + 3
	end := len(raw)
	if i := strings.IndexAny(raw[start:], "/?#"); i >= 0 {
		end = start + i
	}
	head, rest := strings.ToLower(raw[:end]), raw[end:]
	if !strings.HasPrefix(rest, "/") {
		rest = "/" + rest
	}
	return head + rest
}

// linkUser is the user that tg://user?id=N names (Bot API, HTML style), or 0.
func linkUser(raw string) int64 {
	rest, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(raw)), "tg://user?id=")
	if !ok {
		return 0
	}
	id, err := strconv.ParseInt(rest, 10, 64)
	if err != nil || id <= 0 {
		return 0
	}
	return id
}
