"""Making signatures: keys and tokens, certificates, pictures, time stamps, revocation lists."""
