import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { SETTINGS, settingsFrom } from '../../apps/settings.js';
import { removeFolder, spawnServer, temporaryFolder, type Spawned } from '../server/spawned.js';

interface Service {
  readonly image: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly networks?: { readonly cluster?: { readonly ipv4_address: string } };
  readonly command?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
}

const read = (path: string): string => readFileSync(path, 'utf8');
/** The settings as `docker compose` reads them without an environment: the default in `${NAME:-default}` counts. */
const compose = load(read('compose.yaml').replace(/\$\{\w+:-([^}]*)\}/g, '$1'), {
  schema: YAML11_SCHEMA,
}) as Compose;
const dockerfile = read('Dockerfile');
const balancer = read('deploy/haproxy.cfg');

const servicesOf = (image: RegExp): [string, Service][] =>
  Object.entries(compose.services).filter(([, service]) => image.test(service.image));
const instances = servicesOf(/^borderline:/);
const nodes = servicesOf(/\/kurrentdb:/);
const addressOf = (node: Service): string => node.networks?.cluster?.ipv4_address ?? '';

/** The volume or file that a service has at a path. */
const mounted = ({ volumes }: Service, at: string): string | undefined =>
  volumes.map((volume) => volume.split(':')).find(([, target]) => target === at)?.[0];

/** The lines of the load balancer's file that begin with the given words. */
const lines = (begin: string): string[][] =>
  balancer
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith(`${begin} `))
    .map((line) => line.split(' '));

describe('the deployment in compose.yaml', () => {
  it('has two instances and three nodes', () => {
    expect([instances.length, nodes.length]).toEqual([2, 3]);
  });

  it('pins the version of every image', () => {
    const images = Object.values(compose.services).map(({ image }) => image);
    expect(images.filter((image) => !/:\d+\.\d+\.\d+(-\w+)?$/.test(image))).toEqual([]);
    expect(instances[0]?.[1].image).toBe(
      `borderline:${(JSON.parse(read('package.json')) as { version: string }).version}`,
    );
  });

  it.each(instances)('gives %s settings that exist, with valid values', (_, { environment = {} }) => {
    expect(Object.keys(environment).filter((name) => !Object.hasOwn(SETTINGS, name))).toEqual([]);
    expect(settingsFrom(environment).log).toBe(environment['BORDERLINE_LOG']);
  });

  it.each(instances)(
    'gives %s the address of every node, and the authority of their certificates',
    (_, instance) => {
      const [, hosts, ca] =
        /@(.+)\?tls=true&tlsCAFile=(.+)$/.exec(instance.environment?.['BORDERLINE_LOG'] ?? '') ?? [];
      expect(hosts?.split(',')).toEqual(nodes.map(([name]) => `${name}:2113`));
      expect(ca).toBe('/authority/ca.crt');
      expect(mounted(instance, dirname(ca ?? ''))).toBe('authority');
    },
  );

  it('gives each instance its own data folder, and all instances one folder of keys', () => {
    const [, data] = /BORDERLINE_DATA=(\S+)/.exec(dockerfile) ?? [];
    expect(new Set(instances.map(([, service]) => mounted(service, data ?? ''))).size).toBe(instances.length);
    const keys = instances.map(([, service]) =>
      mounted(service, service.environment?.['BORDERLINE_KEY_FOLDER'] ?? ''),
    );
    expect(keys).toEqual(['keys', 'keys']);
  });

  it('has an image that owns the folders of the instances, as a new volume gets their owner', () => {
    const [, owned = ''] = /install -d -o node -g node -m 700 (.+?) &&/.exec(dockerfile) ?? [];
    const written = instances.flatMap(([, { volumes }]) =>
      volumes.filter((volume) => !volume.endsWith(':ro')).map((volume) => volume.split(':')[1]),
    );
    expect([...new Set(written)].sort()).toEqual(owned.split(' ').sort());
  });

  it.each(nodes)(
    'gives %s the addresses of the other nodes, and a certificate for its own address',
    (name, node) => {
      const { environment = {} } = node;
      const others = nodes.filter(([other]) => other !== name).map(([, other]) => `${addressOf(other)}:2113`);
      expect(environment['KURRENTDB_GOSSIP_SEED']).toBe(others.join(','));
      expect(environment['KURRENTDB_REPLICATION_IP']).toBe(addressOf(node));
      expect(environment['KURRENTDB_NODE_HOST_ADVERTISE_AS']).toBe(addressOf(node));
      expect(environment['KURRENTDB_CLUSTER_SIZE']).toBe(String(nodes.length));
      const number = name.split('-')[1] ?? '';
      const script = compose.services['certificates']?.command?.join('').replaceAll('$$n', number);
      expect(script).toContain(`,${addressOf(node)} -dns-names localhost,${name}\n`);
      expect(mounted(node, '/certificate')).toBe(`certificate-${number}`);
    },
  );

  it('declares the volumes that are used, and no other volumes', () => {
    const used = Object.values(compose.services)
      .flatMap(({ volumes }) => volumes.map((volume) => volume.split(':')[0] ?? ''))
      .filter((volume) => !volume.startsWith('.'));
    expect(Object.keys(compose.volumes).sort()).toEqual([...new Set(used)].sort());
  });

  it('mounts an existing file into the load balancer', () => {
    const file = mounted(compose.services['balancer']!, '/usr/local/etc/haproxy/haproxy.cfg');
    expect(existsSync(file ?? '')).toBe(true);
  });

  it('lists each instance with its port in all three backends of the load balancer', () => {
    const [, port] = /\bPORT=(\d+)/.exec(dockerfile) ?? [];
    const known = instances.map(([name]) => ['server', name, `${name}:${port}`]);
    expect(lines('server')).toEqual([...known, ...known, ...known]);
  });
});

describe('the image of the Dockerfile', () => {
  const folder = temporaryFolder();
  let server: Spawned;
  beforeAll(async () => {
    server = await spawnServer(folder);
  });
  afterAll(async () => {
    await server.stop();
    removeFolder(folder);
  });

  it('copies all files that a build needs', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const { include } = JSON.parse(read('tsconfig.build.json')) as { include: string[] };
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \.\/$/gm)].flatMap(([, names = '']) =>
      names.split(' '),
    );
    expect(copied).not.toEqual([]);
    expect([...include, ...copied].filter((path) => !allowed.includes(path))).toEqual([]);
    expect(allowed.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('has a supported version of Node', () => {
    const numbers = (text = ''): number[] => (/(\d+)\.(\d+)/.exec(text) ?? []).slice(1).map(Number);
    const [major = 0, minor = 0] = numbers(/NODE_VERSION=(\S+)/.exec(dockerfile)?.[1]);
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    const [least = 0, leastMinor = 0] = numbers(engines.node);
    expect(major > least || (major === least && minor >= leastMinor)).toBe(true);
  });

  it('runs an existing command', () => {
    const [, program = ''] = /^ENTRYPOINT \[.*"\/app\/(.+)"\]$/m.exec(dockerfile) ?? [];
    expect(existsSync(join('.', program))).toBe(true);
  });

  it('is healthy if and only if the server answers', async () => {
    const [, json = ''] = /^HEALTHCHECK.*\n\s+CMD (\[.+\])$/m.exec(dockerfile) ?? [];
    const [node, ...args] = JSON.parse(json) as string[];
    expect(node).toBe('node');
    const check = (port: string): Promise<unknown> =>
      promisify(execFile)(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '', PORT: port } });
    await check(new URL(server.url).port);
    await expect(check('1')).rejects.toMatchObject({ code: 1 });
  });

  it('answers at the addresses that the load balancer asks', async () => {
    const asked = lines('option httpchk').map(([, , , path = '']) => path);
    expect(asked).toHaveLength(3);
    for (const path of asked) expect((await fetch(server.url + path)).status).toBe(200);
  });
});
