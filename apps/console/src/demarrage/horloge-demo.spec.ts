import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { horlogeFixe } from '@sillage/kernel';
import { HorlogeDemo } from './horloge-demo.js';

describe('HorlogeDemo', () => {
  let dossier: string;
  const murale = horlogeFixe('2030-06-01T10:00:00Z');

  beforeEach(() => {
    dossier = mkdtempSync(join(tmpdir(), 'sillage-horloge-'));
    murale.avancerA('2030-06-01T10:00:00Z');
  });
  afterEach(() => rmSync(dossier, { recursive: true }));

  const ouvrir = (imposee?: string): HorlogeDemo => new HorlogeDemo(dossier, imposee, murale);

  function jouer(horloge: HorlogeDemo, jusqua: string): void {
    horloge.demarrer();
    murale.avancerA(jusqua);
    horloge.arreter();
  }

  it('part de la fenêtre de l’appel 2026 et avance au rythme du vrai temps', () => {
    const horloge = ouvrir();
    expect(horloge.toString()).toBe('2026-02-02T09:00:00+01:00');
    murale.avancerA('2030-06-01T11:30:00Z');
    expect(horloge.toString()).toBe('2026-02-02T10:30:00+01:00');
  });

  it('reprend où elle s’est arrêtée, même un mois plus tard', () => {
    jouer(ouvrir(), '2030-06-01T12:00:00Z');
    murale.avancerA('2030-07-01T08:00:00Z');
    expect(ouvrir().toString()).toBe('2026-02-02T11:00:05+01:00');
  });

  it('ne recule pas quand elle a été tuée entre deux notes', () => {
    const tuee = ouvrir();
    tuee.demarrer();
    const note = readFileSync(join(dossier, 'horloge.json'));
    murale.avancerA('2030-06-01T10:00:04.900Z');
    const dernier = tuee.maintenant();
    tuee.arreter();
    writeFileSync(join(dossier, 'horloge.json'), note);
    expect(ouvrir().maintenant().epochMilliseconds).toBeGreaterThanOrEqual(dernier.epochMilliseconds);
  });

  it('avance à la demande, et refuse de reculer', () => {
    jouer(ouvrir('2026-02-15T23:00:00+01:00'), '2030-06-01T10:10:00Z');
    expect(() => ouvrir('2026-02-14T09:00:00+01:00')).toThrow(/ferait reculer .* 2026-02-15T23:10:05\+01:00/);
  });

  it('refuse un instant sans décalage', () => {
    expect(() => ouvrir('2026-02-15')).toThrow(/^HORLOGE_DEMO : /);
  });
});
