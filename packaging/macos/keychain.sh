#!/usr/bin/env bash
# Brings the certificate and the notary's credentials of a release into a keychain of their own, on
# a machine that is thrown away afterwards. Does nothing where there is no certificate.
#
# ARBORIS_CERTIFICATE           a Developer ID certificate with its key: .p12, in base64
# ARBORIS_CERTIFICATE_PASSWORD  its password
# ARBORIS_NOTARY_KEY            an App Store Connect key: .p8, in base64 (or none: not notarised)
# ARBORIS_NOTARY_KEY_ID, ARBORIS_NOTARY_ISSUER, ARBORIS_NOTARY_PROFILE: its id, whose it is, and
#                               the name under which disk_image.py asks for it
set -euo pipefail

[ -n "${ARBORIS_CERTIFICATE:-}" ] || { echo "no certificate: unsigned"; exit 0; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
keychain=$HOME/Library/Keychains/arboris-release.keychain-db
password=$(openssl rand -hex 16)

security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 7200 "$keychain"
security unlock-keychain -p "$password" "$keychain"
printf '%s' "$ARBORIS_CERTIFICATE" | openssl base64 -d -A >"$folder/certificate.p12"
security import "$folder/certificate.p12" -k "$keychain" -f pkcs12 \
  -P "$ARBORIS_CERTIFICATE_PASSWORD" -T /usr/bin/codesign
# Without this, codesign would ask a person.
security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" >/dev/null
security list-keychains -d user -s "$keychain" login.keychain-db

[ -n "${ARBORIS_NOTARY_KEY:-}" ] || { echo "no key for the notary: not notarised"; exit 0; }
printf '%s' "$ARBORIS_NOTARY_KEY" | openssl base64 -d -A >"$folder/notary.p8"
xcrun notarytool store-credentials "$ARBORIS_NOTARY_PROFILE" --key "$folder/notary.p8" \
  --key-id "$ARBORIS_NOTARY_KEY_ID" --issuer "$ARBORIS_NOTARY_ISSUER"
