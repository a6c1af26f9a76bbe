import type { ContexteActeur } from '@sillage/access';
import {
  DateCivileScalaire,
  type Dispositif,
  type PARAMETRES_DES_DATES,
  type ParametreResolu,
  type ParametresResolus,
  type SuiviAttendu,
  suivisAttendus,
} from '@sillage/dispositif-kit';
import { aujourdhui, type DateCivile, type Horloge, Periode } from '@sillage/kernel';
import type { CalculDeChamp } from '@sillage/read';
import { Inject, Injectable } from '@nestjs/common';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { type EntityManager, In } from 'typeorm';
import { enumerationGraphql, HORLOGE } from '../api/index.js';
import { Convention, ETATS_SIGNES } from '../conventions/convention.entity.js';
import { DossiersConvention } from '../conventions/dossiers-convention.js';
import { ParametreService } from '../parametres/index.js';
import { modeleDe, Suivi } from './suivi.entity.js';
import { type EtatAttendu, ETATS_ATTENDU, etatAttendu } from './suivi.policy.js';

const EtatAttenduEnum = enumerationGraphql(ETATS_ATTENDU, 'EtatSuiviAttendu', 'Où en est un suivi attendu.');

@ObjectType('SuiviAttendu', { description: 'Un suivi que le dispositif demande pour une période d’une convention.' })
export class SuiviAttenduType {
  @Field(() => String, { description: 'Nom du suivi dans la déclaration, par exemple "tableauMensuel".' })
  suivi!: string;

  @Field(() => String)
  libelle!: string;

  @Field(() => Int, { description: 'Rang de la période, depuis le premier jour de la convention : 1, 2, 3…' })
  rang!: number;

  @Field(() => DateCivileScalaire)
  du!: string;

  @Field(() => DateCivileScalaire, { description: 'Dernier jour de la période, inclus.' })
  au!: string;

  @Field(() => DateCivileScalaire, { description: 'Dernier jour pour le remettre, inclus, heure de Paris.' })
  echeance!: string;

  @Field(() => EtatAttenduEnum)
  etat!: EtatAttendu;

  @Field(() => String, { description: 'Règle qui le demande.' })
  regle!: string;
}

type ConventionSuivie = Pick<
  Convention,
  'departementId' | 'id' | 'dispositif' | 'candidatureId' | 'du' | 'au' | 'signeeLe'
>;

/** A declared report, with its periods for one convention. */
export interface SuiviDeConvention {
  readonly nom: string;
  readonly declaration: NonNullable<Dispositif['suivis']>[string];
  readonly attendus: readonly SuiviAttendu[];
  /** What its parameter says of the final bilan; undefined when the dispositif says nothing. */
  readonly exigence: unknown;
  /** How far its dates may be. */
  readonly horizon: ParametreResolu<number>;
}

/** What is due, and what is late, on each signed convention: a fixed number of statements whatever their count. */
@Injectable()
export class SuivisAttendus implements CalculDeChamp {
  constructor(
    private readonly dossiers: DossiersConvention,
    private readonly parametres: ParametreService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  async calculer(
    em: EntityManager,
    { departementId }: ContexteActeur,
    uuids: readonly string[],
  ): Promise<readonly SuiviAttenduType[][]> {
    const etat = In([...ETATS_SIGNES]);
    const conventions = await em.findBy(Convention, { departementId, id: In([...new Set(uuids)]), etat });
    const declares = await this.declares(em, conventions);
    const remis = await em.find(Suivi, {
      select: { departementId: true, id: true, conventionId: true, modele: true, rang: true, etat: true },
      where: { departementId, conventionId: In(conventions.map(({ id }) => id)) },
    });
    const jour = aujourdhui(this.horloge);
    const etats = new Map(remis.map((suivi) => [cleDe(suivi), suivi.etat]));
    const presenter = ({ id, dispositif }: Convention): SuiviAttenduType[] =>
      declares(id).flatMap(({ nom, declaration: { libelle, regle }, attendus }) =>
        attendus.map((attendu) => {
          const { rang } = attendu;
          const cle = cleDe({ conventionId: id, modele: modeleDe(dispositif, nom), rang });
          const etat = etatAttendu(attendu, etats.get(cle) ?? null, jour);
          return { suivi: nom, libelle, regle, rang, etat, ...enTexte(attendu) };
        }),
      );
    const parId = new Map(conventions.map((convention) => [convention.id, presenter(convention)]));
    return uuids.map((uuid) => parId.get(uuid) ?? []);
  }

  /** The reports that the dispositifs of some conventions declare, under the parameters of the last signature. */
  async declares(
    em: EntityManager,
    conventions: readonly ConventionSuivie[],
  ): Promise<(conventionId: string) => readonly SuiviDeConvention[]> {
    const [premiere] = conventions;
    if (premiere === undefined) return () => [];
    const dossierDe = await this.dossiers.lire(em, conventions);
    const suivies = conventions.flatMap((convention) => {
      const { dispositif, candidature, territoireIds } = dossierDe(convention.id);
      return dispositif?.suivis ? [{ convention, dispositif, candidature, territoireIds }] : [];
    });
    const parametres = await this.parametres.resoudreTous(
      em,
      premiere.departementId,
      suivies.map(({ convention, dispositif, candidature: { appelId }, territoireIds }) => ({
        dispositif,
        date: convention.signeeLe ?? aujourdhui(this.horloge),
        dossier: { appelId, territoireIds, conventionId: convention.id },
      })),
    );
    const parId = new Map(
      suivies.map(({ convention: { id, du, au }, dispositif }, rang) => {
        const resolus = parametres[rang] ?? {};
        const siens = Object.entries(dispositif.suivis ?? {}).map(([nom, declaration]) => ({
          nom,
          declaration,
          attendus: suivisAttendus(declaration, Periode.de(du, au), dispositif.parametres, resolus),
          exigence: declaration.avantBilan === undefined ? undefined : resolus[declaration.avantBilan]?.valeur,
          horizon: (resolus as ParametresResolus<typeof PARAMETRES_DES_DATES>).horizonDesDates,
        }));
        return [id, siens];
      }),
    );
    return (id) => parId.get(id) ?? [];
  }
}

/** One report a period of a convention. */
function cleDe({ conventionId, modele, rang }: Pick<Suivi, 'conventionId' | 'modele' | 'rang'>): string {
  return `${conventionId} ${modele} ${rang}`;
}

function enTexte({ du, au, echeance }: SuiviAttendu): Record<'du' | 'au' | 'echeance', string> {
  const texte = (date: DateCivile): string => date.toString();
  return { du: texte(du), au: texte(au), echeance: texte(echeance) };
}
