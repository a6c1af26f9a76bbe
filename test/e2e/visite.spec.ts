import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { effacerPostgres } from '@sillage/persistence';
import { npm, NpmStart } from '../support/npm-start.js';

const RACINE = join(import.meta.dirname, '../..');

/** The README's guided tour, as somebody pastes it: its `sh` blocks, in order, in one shell. */
function visiteGuidee(): string {
  const texte = readFileSync(join(RACINE, 'README.md'), 'utf8');
  return [...texte.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, bloc]) => bloc).join('\n');
}

describe('The guided tour of the README', () => {
  let dossier: string;
  let occupant: Server;
  let demo: NpmStart;
  let url: string;

  beforeAll(async () => {
    dossier = mkdtempSync(join(tmpdir(), 'sillage-visite-'));
    // A taken port makes every process take one that is free, whatever else runs on this machine.
    occupant = createServer();
    await new Promise<void>((pret) => occupant.listen(0, '127.0.0.1', pret));
    const port = String((occupant.address() as AddressInfo).port);
    demo = new NpmStart([], { SILLAGE_DOSSIER: dossier, PORT_GATEWAY: port, PORT_WORKER: port, PORT_OIDC: port });
    url = await demo.pret();
  }, 240_000);

  afterAll(async () => {
    await demo.achever();
    expect(await demo.restants()).toEqual([]);
    await new Promise((fin) => occupant.close(fin));
    await effacerPostgres({ dossier, journal: () => undefined });
    rmSync(dossier, { recursive: true, force: true });
  });

  it('works as written, up to the advance of 31 200,00 €, ordered and sent', async () => {
    const { code, sortie } = await executer(visiteGuidee(), { URL: url, SILLAGE_DOSSIER: dossier });
    expect({ code, sortie }).toMatchObject({ code: 0 });
    const reponses = sortie.split('\n').filter((ligne) => ligne.startsWith('{'));
    expect(reponses.filter((ligne) => ligne.includes('"errors":[{"message"'))).toEqual([]);
    expect(sortie).toContain('"code":"DISPOSITIF_INACTIF"');
    expect(sortie).toContain('"code":"CHAMP_OBLIGATOIRE"');
    expect(sortie).toContain('"code":"MONTANT_SUPERIEUR_AU_PLAFOND"');
    expect(reponses.at(-5)).toContain('"tranche":"AVANCE","montant":"31200.00","etat":"PROPOSE"');
    expect(reponses.at(-4)).toContain('"montant":"31200.00","etat":"LIQUIDE"');
    expect(reponses.at(-3)).toContain('"etat":"ORDONNE"');
    expect(reponses.at(-2)).toContain('"engage":"20800.00","liquide":"0.00","ordonnance":"31200.00"');
    expect(reponses.at(-1)).toContain('"aPayer":"31200.00"');
    expect(sortie).toContain('Règle : ASE-PAY-01');
  }, 180_000);

  it('gives a token for each account it names', async () => {
    const comptes = [...visiteGuidee().matchAll(/^gql ([a-z0-9-]+) /gm)].map(([, compte]) => compte!);
    for (const compte of new Set(comptes)) {
      const { code, sortie } = await npm(['run', '-s', 'jeton', '--', compte], { SILLAGE_DOSSIER: dossier });
      expect({ compte, code, jeton: sortie.trim() }).toMatchObject({
        code: 0,
        jeton: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      });
    }
  }, 60_000);
});

async function executer(script: string, env: Record<string, string>): Promise<{ code: number | null; sortie: string }> {
  const { PATH, HOME } = process.env;
  const enfant = spawn('bash', ['-e', '-c', script], { cwd: RACINE, env: { PATH, HOME, ...env } });
  let sortie = '';
  for (const flux of [enfant.stdout, enfant.stderr]) flux.on('data', (bout: Buffer) => (sortie += bout.toString()));
  const code = await new Promise<number | null>((resoudre) => enfant.once('close', resoudre));
  return { code, sortie };
}
