import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigurationInvalide } from '@sillage/configuration';
import { codeDePanne } from '@sillage/socle';
import { z } from 'zod';

/** One operation that a client application declared. */
export interface OperationDeclaree {
  readonly nom: string;
  /** The whole document, to the letter. */
  readonly texte: string;
  /** Path of the first manifest that declares it. */
  readonly manifeste: string;
}

/** By id, the SHA-256 of the text. */
export type OperationsDeclarees = ReadonlyMap<string, OperationDeclaree>;

const OPERATION = z.object({
  id: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().regex(/^[_A-Za-z]\w*$/),
  type: z.enum(['query', 'mutation', 'subscription']),
  body: z.string().min(1),
});

/** The format that Apollo's tools write and read. What they add to it is left alone. */
const MANIFESTE = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.unknown()).min(1),
});

/**
 * Reads the manifests of all client applications; two may share an operation. Whether the schema still knows what they ask is
 * another question (`verifier-operations.ts`).
 * @throws ConfigurationInvalide with one line a fault
 */
export function lireManifestes(chemins: readonly string[]): OperationsDeclarees {
  const operations = new Map<string, OperationDeclaree>();
  const fautes: string[] = [];
  for (const manifeste of chemins) {
    const signaler = (faute: string): unknown => fautes.push(fauteDeManifeste(manifeste, faute));
    for (const { id, name, body } of lireManifeste(manifeste, signaler)) {
      if (!operations.has(id)) operations.set(id, { nom: name, texte: body, manifeste });
    }
  }
  if (fautes.length > 0) throw new ConfigurationInvalide(fautes);
  return operations;
}

/** The line that says what is wrong in a manifest. */
export function fauteDeManifeste(manifeste: string, faute: string): string {
  return `OPERATIONS_MANIFESTES : ${manifeste} : ${faute}`;
}

/** The id of a text. */
export function empreinte(texte: string): string {
  return createHash('sha256').update(texte).digest('hex');
}

function lireManifeste(chemin: string, signaler: (faute: string) => unknown): z.output<typeof OPERATION>[] {
  const contenu = lireJson(chemin, signaler);
  if (contenu === undefined) return [];
  const lu = MANIFESTE.safeParse(contenu);
  if (!lu.success) {
    signaler(
      'ce n’est pas un manifeste ; il faut "format": "apollo-persisted-query-manifest", "version": 1 et une liste "operations" non vide. Refaites-le avec « npm run operations ».',
    );
    return [];
  }
  return lu.data.operations.flatMap((operation, rang) => {
    const lue = OPERATION.safeParse(operation);
    if (!lue.success) {
      const champs = new Set(lue.error.issues.map(({ path }) => String(path[0] ?? 'id, name, type, body')));
      signaler(`l’opération n° ${rang + 1} est mal formée (${[...champs].join(', ')}). Refaites le manifeste.`);
      return [];
    }
    if (empreinte(lue.data.body) !== lue.data.id) {
      signaler(
        `l’identifiant de l’opération ${lue.data.name} n’est pas le SHA-256 de son texte : l’un des deux a été modifié. Refaites le manifeste.`,
      );
      return [];
    }
    return [lue.data];
  });
}

function lireJson(chemin: string, signaler: (faute: string) => unknown): unknown {
  let texte: string;
  try {
    texte = readFileSync(chemin, 'utf8');
  } catch (erreur) {
    signaler(
      `le fichier ne se lit pas (${codeDePanne(erreur) ?? 'raison inconnue'}). Vérifiez le chemin et les droits.`,
    );
    return undefined;
  }
  try {
    return JSON.parse(texte) as unknown;
  } catch {
    signaler('le fichier n’est pas du JSON. Refaites-le avec « npm run operations ».');
    return undefined;
  }
}
