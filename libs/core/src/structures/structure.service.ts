import { type ContexteActeur, exigerDroit } from '@sillage/access';
import { type Horloge, type NatureStructure, Refus, type Siret, type StructureId } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE, introuvable } from '../api/index.js';
import { JournalService } from '../journal/journal.service.js';
import { CommuneService, type Territoire, TerritoireService } from '../territoires/index.js';
import { Structure, StructureTerritoire } from './structure.entity.js';

export interface DemandeStructure {
  /** Null to create. */
  id: string | null;
  raisonSociale: string;
  nature: NatureStructure;
  siret: Siret;
  commune: string | null;
  /** Codes or any names of territories. */
  territoires: readonly string[];
}

/** The organisations that a département works with. Every method takes the caller's transaction. */
@Injectable()
export class StructureService {
  constructor(
    private readonly territoires: TerritoireService,
    private readonly communes: CommuneService,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /**
   * Creates a structure, or changes one. A SIRET identifies: two structures never share one (ML-R03, 0.3).
   * @returns its id
   * @throws Refus ACTION_INTERDITE, INTROUVABLE, DOUBLON
   */
  async enregistrer(em: EntityManager, contexte: ContexteActeur, demande: DemandeStructure): Promise<string> {
    const id = demande.id ?? uuidv7();
    exigerDroit(contexte, demande.id === null ? 'creer' : 'modifier', 'Structure', { structureId: id });
    const territoires: Territoire[] = [];
    for (const [rang, nom] of demande.territoires.entries()) {
      territoires.push(await this.territoires.exiger(em, contexte, nom, ['input', 'territoires', String(rang)]));
    }
    if (demande.commune !== null && !(await this.communes.existe(em, contexte.departementId, demande.commune))) {
      throw introuvable(['input', 'commune']);
    }
    await this.#refuserDoublon(em, contexte, id, demande.siret);
    await this.#ecrire(em, contexte, id, demande);
    await this.#rattacher(em, contexte.departementId, id, territoires);
    await this.journal.ecrire(em, contexte, {
      action: 'structureEnregistrer',
      objetType: 'Structure',
      objetId: id,
      regles: ['TRANS-06'],
      details: {
        creation: demande.id === null,
        siret: demande.siret.valeur,
        nature: demande.nature,
        territoires: territoires.map((t) => t.code),
      },
    });
    return id;
  }

  async #ecrire(em: EntityManager, contexte: ContexteActeur, id: string, demande: DemandeStructure): Promise<void> {
    const { departementId } = contexte;
    const maintenant = this.horloge.maintenant();
    const valeurs = {
      raisonSociale: demande.raisonSociale,
      nature: demande.nature,
      siret: demande.siret.valeur,
      communeCode: demande.commune,
      modifieLe: maintenant,
    };
    const structureId = id as StructureId;
    if (demande.id === null) {
      await em.insert(Structure, { departementId, id: structureId, ...valeurs, creeLe: maintenant });
      return;
    }
    const { affected } = await em.update(Structure, { departementId, id: structureId }, valeurs);
    if (affected === 0) throw introuvable(['input', 'id']);
  }

  /** One writer of a SIRET at a time: the second finds the first's structure, and is told, instead of a constraint. */
  async #refuserDoublon(em: EntityManager, { departementId }: ContexteActeur, id: string, siret: Siret): Promise<void> {
    const verrou = `structure\n${departementId}\n${siret.valeur}`;
    await em.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [verrou]);
    const autre = await em.findOneBy(Structure, { departementId, siret: siret.valeur });
    if (autre === null || autre.id === id) return;
    throw Refus.de('DOUBLON', `Le SIRET ${siret.valeur} est déjà celui de « ${autre.raisonSociale} ».`, {
      path: ['input', 'siret'],
      regle: 'TRANS-06',
    });
  }

  async #rattacher(
    em: EntityManager,
    departementId: string,
    id: string,
    territoires: readonly Territoire[],
  ): Promise<void> {
    const structureId = id as StructureId;
    await em.delete(StructureTerritoire, { departementId, structureId });
    const uniques = [...new Set(territoires.map((t) => t.id))];
    await em.insert(
      StructureTerritoire,
      uniques.map((territoireId) => ({ departementId, structureId, territoireId })),
    );
  }
}
