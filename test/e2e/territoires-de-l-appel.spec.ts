import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import { Temporal } from '@sillage/kernel';
import { faire, refusCites } from '../support/chaine-de-paiement.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { lire, muter } from '../support/parcours-coordo-ase.js';

let gateway: GatewayEssai;
beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs });
});
afterAll(() => gateway?.arreter());

describe('A candidature stays on the territories of its appel, and says which rule lists them', () => {
  const LOGEMENT = ['primo-locataires', 'accompagnement-logement', 'solutions-logement', 'cllaj'];
  const PORTEURS: [code: string, porteur: string, refus: string][] = [
    ['coordo-ase', 'association', 'ASE-TERR-01 TERRITOIRE_HORS_APPEL input.territoires'],
    ['primo-locataires', 'bailleur', 'PRIMO-TERR-01 TERRITOIRE_HORS_APPEL input.territoires'],
    ['accompagnement-logement', 'association', 'ASGL-TERR-01 TERRITOIRE_HORS_APPEL input.territoires'],
    ['faj-co', 'association', 'FAJCO-TERR-01 TERRITOIRE_HORS_APPEL input.territoires'],
    ['graine-de', 'association', 'GRAINE-TERR-01 TERRITOIRE_HORS_APPEL input.territoires'],
    ['solutions-logement', 'bailleur', 'SOLLOG-TERR-01 TERRITOIRE_HORS_APPEL input.territoires'],
    ['cllaj', 'cllaj', 'CLLAJ-TERR-01 TERRITOIRE_HORS_APPEL input.territoires'],
  ];

  it.each(PORTEURS)('%s', async (code, porteur, refus) => {
    const { prefixe, candidature, appels: declares } = dispositifs.find((d) => d.code === code)!;
    const [territoires, autre] = [['LENS_LIEVIN', 'ARTOIS'], 'TERNOIS'];
    // The session that follows that of the text: two of them are not open on the same days.
    const depuis = Temporal.PlainDate.from(declares?.[0]?.cloture ?? '2026-02-15');
    gateway.horloge.avancerA(`${depuis.add({ days: 2 }).toString()}T09:00:00+01:00`);
    await faire(gateway, 'administrateur', 'dispositifActiver', 'dispositif { code }', {
      dispositif: code,
      territoires: [...territoires, autre],
    });
    const demande = { dispositif: code, code: `${code}-deux`, libelle: 'Deux territoires', territoires };
    const fenetre = { ouverture: depuis.add({ days: 1 }).toString(), cloture: depuis.add({ days: 28 }).toString() };
    const { appel } = await faire(gateway, 'administrateur', 'appelCreer', 'appel { id }', {
      ...demande,
      ...fenetre,
    });
    const { id: appelId } = appel as { id: string };
    await faire(gateway, 'administrateur', 'appelPublier', 'appel { etat }', { id: appelId });
    const { moi } = await lire<{ moi: { habilitations: { nodes: { structure: { id: string } }[] } } }>(
      gateway,
      porteur,
      '{ moi { habilitations { nodes { structure { id } } } } }',
    );
    const creer = (demandes: string[]) =>
      muter(gateway, porteur, `candidature${prefixe}Creer`, 'candidature { territoires { code } }', {
        appelId,
        structureId: moi.habilitations.nodes[0]!.structure.id,
        territoires: demandes,
      });

    expect(refusCites((await creer([...territoires, autre])).errors)).toEqual([refus]);
    expect((await creer(['LA_LUNE'])).errors).toHaveLength(1);
    // The service of each territory is asked for its opinion: the direct tie that the text wants.
    expect(candidature.avis).toEqual([LOGEMENT.includes(code) ? 'SLISL' : 'SLAI']);
    const { candidature: creee, errors } = await creer(territoires);
    expect(errors).toEqual([]);
    expect(creee).toMatchObject({ territoires: expect.arrayContaining([{ code: 'ARTOIS' }]) });
  });
});
