import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { demarrerMagasinS3, type MagasinS3Essai } from './magasin-s3.js';

/** Where a spec keeps pieces, and what it sees and does there behind the platform's back. Files are named `62/<uuid>`. */
export interface LieuDesPieces {
  /** What a process is told to use it. */
  readonly env: Readonly<Record<string, string>>;
  fichiers(): Promise<string[]>;
  lire(fichier: string): Promise<Buffer>;
  ecrire(fichier: string, octets: Buffer): Promise<void>;
  oter(fichier: string): Promise<void>;
  /** As if it had been written then. */
  dater(fichier: string, date: Date): Promise<void>;
  effacer(): Promise<void>;
}

export async function surDisque(): Promise<LieuDesPieces> {
  const dossier = await mkdtemp(join(tmpdir(), 'sillage-pieces-'));
  return {
    env: { PIECES_DOSSIER: dossier },
    fichiers: async () => (await readdir(dossier, { recursive: true })).filter((nom) => nom.includes('/')),
    lire: (fichier) => readFile(join(dossier, fichier)),
    async ecrire(fichier, octets) {
      const chemin = join(dossier, fichier);
      await mkdir(dirname(chemin), { recursive: true });
      await writeFile(chemin, octets);
    },
    oter: (fichier) => rm(join(dossier, fichier)),
    dater: (fichier, date) => utimes(join(dossier, fichier), date, date),
    effacer: () => rm(dossier, { recursive: true, force: true }),
  };
}

export async function surS3(): Promise<LieuDesPieces & { readonly magasin: MagasinS3Essai }> {
  const magasin = await demarrerMagasinS3();
  const { objets, env } = magasin;
  const objet = (fichier: string) => {
    const trouve = objets.get(fichier);
    if (trouve === undefined) throw new Error(`${fichier} : absent du magasin.`);
    return trouve;
  };
  return {
    magasin,
    env,
    fichiers: async () => [...objets.keys()],
    lire: async (fichier) => objet(fichier).octets,
    ecrire: async (fichier, octets) => void objets.set(fichier, { octets, ecritLe: new Date() }),
    oter: async (fichier) => void objets.delete(fichier),
    dater: async (fichier, ecritLe) => void objets.set(fichier, { ...objet(fichier), ecritLe }),
    effacer: () => magasin.arreter(),
  };
}
