import 'reflect-metadata';
import {
  ClesMaitres,
  type ContexteActeur,
  construireDroits,
  ENTITES_ACCES,
  Habilitations,
  SillageCoffreModule,
} from '@sillage/access';
import type { Dispositif } from '@sillage/dispositif-kit';
import { SillageJobsModule } from '@sillage/jobs';
import { aujourdhui, type HorlogeFixe, horlogeFixe, type Role, ROLES } from '@sillage/kernel';
import { creerDataSource, SillagePersistenceModule, UniteDeTravail } from '@sillage/persistence';
import { DonneesEnTexte, Lectures, pluginLectures, resolveurParDefaut } from '@sillage/read';
import { Global, Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AbstractGraphQLDriver, type GqlModuleOptions, GraphQLModule, GraphQLSchemaHost } from '@nestjs/graphql';
import { ResolversExplorerService } from '@nestjs/graphql/dist/services/resolvers-explorer.service.js';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  type ExecutionResult,
  getOperationAST,
  graphql,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type GraphQLObjectType,
  isIntrospectionType,
  isObjectType,
  parse,
} from 'graphql';
import { v7 as uuidv7 } from 'uuid';
import { avecClient, type BaseEssai, creerBaseEssai } from '../../../test/support/index.js';
import { CLE_MAITRE_ESSAI } from '../../../test/support/cle-maitre-essai.js';
import { colonnesChiffreesCore } from '../src/colonnes-chiffrees.js';
import { SillageCoreModule } from '../src/core.module.js';
import { entitesCore } from '../src/entites.js';
import { chargerReferentiel, lireCog, PAS_DE_CALAIS, semerDepartement62 } from '../src/referentiel/index.js';
import { semerTerritoires } from '../src/referentiel/semer-territoires.js';
import { essai } from './dispositif-essai.js';

/** Both tenants have the same territories, so that a name alone never tells them apart. */
const TERRITOIRES = [
  { code: 'ARTOIS', libelle: 'Artois', de: 'de l’Artois', alias: ['Béthune'] },
  { code: 'CALAISIS', libelle: 'Calaisis', de: 'du Calaisis', alias: [] },
  { code: 'TERNOIS', libelle: 'Ternois', de: 'du Ternois', alias: [] },
];
export const DEPARTEMENTS = ['62', '99'] as const;
type Departement = (typeof DEPARTEMENTS)[number];

export interface OptionsActeur {
  readonly departementId?: Departement;
  readonly territoires?: readonly string[];
  readonly dispositifs?: readonly string[];
}

export interface OptionsBanc {
  readonly dispositifs?: readonly Dispositif[];
  /** The 62 as it is: its communes, territories, missions locales and services. Three territories in both tenants otherwise. */
  readonly referentiel?: boolean;
}

/**
 * The core with its GraphQL schema, on a database of its own: requests go through the schema, not through HTTP. What
 * PostgreSQL can answer by itself is read that way too, and must be the same.
 */
export interface Banc {
  readonly app: INestApplication;
  readonly unites: UniteDeTravail;
  readonly horloge: HorlogeFixe;
  readonly base: BaseEssai;
  /** A new user with one habilitation, as the gateway would know it. */
  acteur(role: Role, options?: OptionsActeur): Promise<ContexteActeur>;
  /** @throws Error on a GraphQL error */
  demander<D>(contexte: ContexteActeur, document: string, variables?: Record<string, unknown>): Promise<D>;
  /** The errors of a request that GraphQL refuses. */
  refuser(
    contexte: ContexteActeur,
    document: string,
    variables?: Record<string, unknown>,
  ): Promise<GraphQLFormattedError[]>;
  territoireId(departementId: string, code: string): Promise<string>;
  lignes<L>(departementId: string, sql: string, parametres?: unknown[]): Promise<L[]>;
  /** Empties tables of both tenants, between two tests. */
  vider(...tables: string[]): Promise<void>;
  fermer(): Promise<void>;
}

export async function monterBanc({ dispositifs = [essai], referentiel = false }: OptionsBanc = {}): Promise<Banc> {
  const horloge = horlogeFixe('2026-02-02T09:00:00+01:00');
  const base = await creerBaseEssai({ departements: referentiel ? ['99'] : DEPARTEMENTS });
  const app = await NestFactory.create(module(base, dispositifs, horloge), new FastifyAdapter(), {
    logger: false,
    abortOnError: false,
  });
  await app.init();
  const unites = app.get(UniteDeTravail);
  if (referentiel) await semerReferentiel(base, unites, horloge);
  else {
    for (const departementId of DEPARTEMENTS) {
      await unites.executer(departementId, (em) => semerTerritoires(em, departementId, TERRITOIRES));
    }
  }
  const lignes = <L>(departementId: string, sql: string, parametres: unknown[] = []): Promise<L[]> =>
    unites.lecture(departementId, (em) => em.query<L[]>(sql, parametres));
  const territoireId = async (departementId: string, code: string): Promise<string> => {
    const sql = 'select id from sillage.territoire where code = $1';
    const [territoire] = await lignes<{ id: string }>(departementId, sql, [code]);
    return territoire!.id;
  };
  const { schema } = app.get(GraphQLSchemaHost);
  laisserAuResolveurParDefaut(schema, app.get(ResolversExplorerService, { strict: false }).explore() as Resolveurs);
  const lectures = app.get(Lectures, { strict: false });
  const interroger = async (contexte: ContexteActeur, source: string, variableValues?: Record<string, unknown>) => {
    const variables = variableValues && { variableValues };
    const contextValue = { contexte };
    const reponse = await graphql({ schema, source, contextValue, fieldResolver: resolveurParDefaut, ...variables });
    if (!reponse.errors) await exigerMemeReponse(reponse, { schema, lectures, source, contexte, variableValues });
    return reponse;
  };
  return {
    app,
    unites,
    horloge,
    base,
    lignes,
    territoireId,
    vider: (...tables) =>
      avecClient(base.urlAdmin, async (client) => {
        // The ledger refuses to be emptied, in a cascade too: only a superuser can put that aside.
        await client.query('set session_replication_role = replica');
        await client.query(`truncate ${tables.map((table) => `sillage.${table}`).join(', ')} cascade`);
      }),
    async acteur(role, { departementId = '62', territoires = ['ARTOIS'], dispositifs: limites = [] } = {}) {
      const { portee } = ROLES[role];
      const utilisateurId = uuidv7();
      const identite = { iss: 'https://identite.essai', sub: utilisateurId };
      const territoireIds =
        portee === 'TERRITOIRE' ? await Promise.all(territoires.map((code) => territoireId(departementId, code))) : [];
      const habilitation = await unites.executer(departementId, async (em) => {
        await em.query(
          'insert into sillage.utilisateur (departement_id, id, iss, sub, libelle, cree_le) values ($1, $2, $3, $4, $5, now())',
          [departementId, utilisateurId, identite.iss, identite.sub, `${role} d’essai`],
        );
        const structureId = portee === 'STRUCTURE' ? uuidv7() : null;
        if (structureId !== null) {
          await em.query(
            `insert into sillage.structure (departement_id, id, raison_sociale, nature, cree_le, modifie_le)
             values ($1, $2, 'Structure d’essai', 'ASSOCIATION', now(), now())`,
            [departementId, structureId],
          );
        }
        const demande = { utilisateurId, role, structureId, territoireIds, dispositifs: limites, au: null };
        const installation = { departementId, utilisateurId: null };
        return new Habilitations(horloge).accorder(em, installation, { ...demande, du: aujourdhui(horloge) });
      });
      const acteur = { departementId, utilisateurId, ...identite, habilitations: [habilitation] };
      return { departementId, acteur, droits: construireDroits(acteur), requeteId: 'essai' };
    },
    async demander<D>(contexte: ContexteActeur, document: string, variables?: Record<string, unknown>) {
      const { data, errors } = await interroger(contexte, document, variables);
      const [erreur] = errors ?? [];
      if (erreur !== undefined) throw erreur.originalError ?? erreur;
      return data as D;
    },
    async refuser(contexte, document, variables) {
      const { errors = [] } = await interroger(contexte, document, variables);
      return errors.map((erreur) => erreur.toJSON());
    },
    async fermer() {
      await app.close();
      await base.supprimer();
    },
  };
}

type Resolveurs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** As the gateway does: a field that no resolver makes is found by the answer's key, not by its name. */
function laisserAuResolveurParDefaut(schema: GraphQLSchema, resolveurs: Resolveurs): void {
  // The types of introspection are those of every schema: theirs stay.
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !isIntrospectionType(type));
  for (const type of types as GraphQLObjectType[]) {
    const noms = [type, ...type.getInterfaces()].flatMap(({ name }) => Object.keys(resolveurs[name] ?? {}));
    for (const champ of Object.values(type.getFields())) if (!noms.includes(champ.name)) delete champ.resolve;
  }
}

interface Demande {
  readonly schema: GraphQLSchema;
  readonly lectures: Lectures;
  readonly source: string;
  readonly contexte: ContexteActeur;
  readonly variableValues: Record<string, unknown> | undefined;
}

/** @throws Error when PostgreSQL's own answer, where it has one, is another */
async function exigerMemeReponse({ data }: ExecutionResult, demande: Demande): Promise<void> {
  const { schema, lectures, source, contexte, variableValues = {} } = demande;
  const document = parse(source);
  const requete = { schema, document, operation: getOperationAST(document), request: { variables: variableValues } };
  const ecouteur = await pluginLectures(lectures).requestDidStart?.({} as never);
  const reponse = await ecouteur?.responseForOperation?.({ ...requete, contextValue: { contexte } } as never);
  const lue = reponse?.body.kind === 'single' ? (reponse.body.singleResult.data as unknown) : null;
  if (!(lue instanceof DonneesEnTexte)) return;
  const attendue = JSON.stringify(data);
  if (JSON.stringify(JSON.parse(lue.texte)) !== attendue) {
    throw new Error(`PostgreSQL répond autrement :\n${lue.texte}\nau lieu de :\n${attendue}`);
  }
}

async function semerReferentiel(base: BaseEssai, unites: UniteDeTravail, horloge: HorlogeFixe): Promise<void> {
  const cog = lireCog('62');
  const proprietaire = await creerDataSource({ url: base.urlProprietaire, connexions: 1, entites: [] }).initialize();
  await chargerReferentiel(proprietaire, [{ ...PAS_DE_CALAIS, cog }]);
  await proprietaire.destroy();
  await semerDepartement62(unites, horloge, cog);
}

/** Makes the schema, and serves nothing. */
class PiloteMuet extends AbstractGraphQLDriver<GqlModuleOptions> {
  async start(): Promise<void> {}

  async stop(): Promise<void> {}
}

function module(base: BaseEssai, dispositifs: readonly Dispositif[], horloge: HorlogeFixe): new () => object {
  @Global()
  @Module({ providers: [{ provide: Habilitations, useValue: new Habilitations(horloge) }], exports: [Habilitations] })
  class AccesEssai {}

  @Module({
    imports: [
      SillagePersistenceModule.forRoot({
        url: base.urlApp,
        connexions: 8,
        entites: [...entitesCore, ...ENTITES_ACCES],
      }),
      AccesEssai,
      SillageCoffreModule.pour({
        cles: new ClesMaitres({ courante: CLE_MAITRE_ESSAI }),
        colonnes: colonnesChiffreesCore,
        horloge,
      }),
      SillageJobsModule.forRoot({ file: { backend: 'postgres', url: base.urlFile } }),
      SillageCoreModule.forRoot({ dispositifs, horloge }),
      GraphQLModule.forRoot({ driver: PiloteMuet, autoSchemaFile: true }),
    ],
  })
  class BancEssai {}
  return BancEssai;
}
