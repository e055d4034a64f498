/** Cookie that holds the refresh token. `__Host-`: over TLS only, this host only (RFC 6265bis). */
export const refreshCookieName = '__Host-duely_refresh'
