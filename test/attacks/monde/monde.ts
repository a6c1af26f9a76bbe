import { droitsDesDispositifs } from '@sillage/socle';
import type { Dispositif } from '@sillage/dispositif-kit';
import { dispositifs as dispositifsInstalles } from '@sillage/dispositifs';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { Client } from 'pg';
import { atelier } from '../../plugins/atelier/atelier.js';
import { masques } from '../../plugins/masques/masques.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../../support/gateway-essai.js';
import { scellerCoordonnees, scellerNotes } from '../../support/sceller-notes.js';
import { semerPieces } from '../../support/semer-pieces.js';
import { Oracle } from '../oracle.js';
import { type Acteur, acteursDe, canari, DEPARTEMENTS, idDe } from './acteurs.js';
import { semerMonde } from './semer-monde.js';
import { Sonde } from './sonde.js';

export interface Reponse {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** Two tenants, full of rows, and those who ask: what every attack on access begins with. */
export interface Monde {
  readonly gateway: GatewayEssai;
  readonly schema: GraphQLSchema;
  readonly dispositifs: readonly Dispositif[];
  /** The superuser, whom row-level security does not see. */
  readonly superutilisateur: Client;
  readonly sonde: Sonde;
  readonly oracle: Oracle;
  readonly acteurs: readonly Acteur[];
  /** Ids of territories named by their codes. */
  idsDe(codes: readonly string[]): string[];
  /** Asks over HTTP, with a real token; `null` is nobody. The header names the actor's own tenant unless said otherwise. */
  demander(acteur: Acteur | null, corps: Requete, departement?: string): Promise<Reponse>;
  /** The same, whose answer is the text that HTTP gave. */
  texte(acteur: Acteur | null, corps: Requete, departement?: string, signal?: AbortSignal): Promise<string>;
  arreter(): Promise<void>;
}

export interface Requete {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** The installed dispositifs, and two that the core has never heard of. */
const DISPOSITIFS: readonly Dispositif[] = [...dispositifsInstalles, atelier, masques];

/** Selections of everything are larger than what a client may ask, and attacks more frequent. */
const LIMITES = {
  LIMITE_COUT: '1000000',
  LIMITE_PROFONDEUR: '30',
  LIMITE_JETONS: '50000',
  LIMITE_ALIAS: '1000',
  LIMITE_POINTS_PAR_MINUTE: '999999999',
  LIMITE_ECHECS_PAR_MINUTE: '1000000',
};

export async function demarrerMonde(env: Readonly<Record<string, string>> = {}): Promise<Monde> {
  const gateway = await demarrerGatewayEssai({ dispositifs: DISPOSITIFS, env: { ...LIMITES, ...env } });
  const superutilisateur = new Client({ connectionString: gateway.base.urlAdmin });
  const arreter = async (): Promise<void> => {
    await superutilisateur.end();
    await gateway.arreter();
  };
  try {
    await superutilisateur.connect();
    const { schema } = gateway.app.get(GraphQLSchemaHost, { strict: false });
    const territoires = new Map<string, string>();
    const acteurs: Acteur[] = [];
    for (const departement of DEPARTEMENTS) {
      const siens = acteursDe(
        departement,
        DISPOSITIFS.map(({ code }) => code),
      );
      const { rows } = await superutilisateur.query<{ code: string; id: string }>(
        'select code, id from sillage.territoire where departement_id = $1',
        [departement],
      );
      for (const { code, id } of rows) territoires.set(code, id);
      const auteur = (nom: string): string => idDe(departement, 'utilisateur', `attaque-${departement}-${nom}`);
      await semerMonde(
        {
          departement,
          client: superutilisateur,
          schema,
          dispositifs: DISPOSITIFS,
          emetteur: gateway.emetteur.emetteur,
          territoires,
          // Nobody who attacks: "one person does not do both" would hide whether they had the right.
          auteur: auteur('rien'),
          autre: auteur('expiree'),
        },
        siens,
      );
      const notes = { lieu: `${canari(departement)} lieu`, commentaire: `${canari(departement)} commentaire` };
      await scellerNotes(gateway, departement, notes);
      const mot = canari(departement);
      await scellerCoordonnees(gateway, departement, {
        telephone: `${mot} téléphone`,
        courriel: `${mot} courriel`,
        adresse: `${mot} adresse`,
        representants: `${mot} représentants`,
      });
      await semerPieces(gateway, departement, { mot, auteur: auteur('rien') });
      acteurs.push(...siens);
    }
    const sonde = await Sonde.poser(superutilisateur);
    const oracle = new Oracle(droitsDesDispositifs(DISPOSITIFS), territoires);
    const texte = client(gateway);
    const demander: Monde['demander'] = async (...args) => JSON.parse(await texte(...args)) as Reponse;
    const idsDe = (codes: readonly string[]): string[] => codes.flatMap((code) => territoires.get(code) ?? []);
    const monde = { gateway, schema, superutilisateur, sonde, oracle, acteurs, idsDe, demander, texte, arreter };
    return { ...monde, dispositifs: DISPOSITIFS };
  } catch (erreur) {
    await arreter();
    throw erreur;
  }
}

/** Tokens are signed once an actor. */
function client({ url, emetteur }: GatewayEssai): Monde['texte'] {
  const jetons = new Map<string, Promise<string>>();
  const jetonDe = (sub: string): Promise<string> => {
    const jeton = jetons.get(sub) ?? emetteur.jeton(sub, { exp: '2h' });
    jetons.set(sub, jeton);
    return jeton;
  };
  return async (acteur, corps, departement: string = acteur?.departement ?? '62', signal) => {
    const reponse = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-departement': departement,
        ...(acteur && { authorization: `Bearer ${await jetonDe(acteur.sub)}` }),
      },
      body: JSON.stringify(corps),
      ...(signal && { signal }),
    });
    return reponse.text();
  };
}
