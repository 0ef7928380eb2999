// Makes the repository beside it with another implementation of TUF, from npm.
// In an empty folder: npm install @tufjs/models@2.0.1 && node make-repository.js
const crypto = require("crypto");
const fs = require("fs");
const path = require("path");
const models = require("@tufjs/models");
const { Role } = require("@tufjs/models/dist/role");
const { canonicalize } = require("@tufjs/canonical-json");

const sha256 = (bytes) => crypto.createHash("sha256").update(bytes).digest("hex");
const head = { specVersion: "1.0.34", expires: "2036-01-01T00:00:00Z" };

function makeKey() {
  const { publicKey, privateKey } = crypto.generateKeyPairSync("ed25519");
  const der = publicKey.export({ format: "der", type: "spki" });
  const json = {
    keytype: "ed25519",
    scheme: "ed25519",
    keyval: { public: der.subarray(-32).toString("hex") },
  };
  const id = sha256(canonicalize(json));
  const sign = (bytes) =>
    new models.Signature({
      keyID: id,
      sig: crypto.sign(undefined, bytes, privateKey).toString("hex"),
    });
  return { id, key: models.Key.fromJSON(id, json), sign };
}

function write(name, bytes) {
  fs.mkdirSync(path.dirname(name), { recursive: true });
  fs.writeFileSync(name, bytes);
}

function writeSigned(name, body, key) {
  const metadata = new models.Metadata(body);
  metadata.sign(key.sign);
  const bytes = Buffer.from(JSON.stringify(metadata.toJSON()));
  write(`metadata/${name}`, bytes);
  return { length: bytes.length, hashes: { sha256: sha256(bytes) } };
}

const signers = {};
const keys = {};
const roles = {};
for (const role of ["root", "timestamp", "snapshot", "targets"]) {
  signers[role] = makeKey();
  keys[signers[role].id] = signers[role].key;
  roles[role] = new Role({ keyIDs: [signers[role].id], threshold: 1 });
}

writeSigned(
  "1.root.json",
  new models.Root({
    ...head,
    version: 1,
    keys,
    roles,
    consistentSnapshot: true,
    unrecognizedFields: { "x-tên": 'Hòa Phong "ế" \\' },
  }),
  signers.root,
);

const target = Buffer.from("xin chào");
write(`targets/publications/${sha256(target)}.a.json`, target);
const listed = new models.TargetFile({
  path: "publications/a.json",
  length: target.length,
  hashes: { sha256: sha256(target) },
});
const targets = writeSigned(
  "7.targets.json",
  new models.Targets({ ...head, version: 7, targets: { [listed.path]: listed } }),
  signers.targets,
);
const snapshot = writeSigned(
  "7.snapshot.json",
  new models.Snapshot({
    ...head,
    version: 7,
    meta: { "targets.json": new models.MetaFile({ version: 7, ...targets }) },
  }),
  signers.snapshot,
);
writeSigned(
  "timestamp.json",
  new models.Timestamp({
    ...head,
    version: 7,
    snapshotMeta: new models.MetaFile({ version: 7, ...snapshot }),
  }),
  signers.timestamp,
);
