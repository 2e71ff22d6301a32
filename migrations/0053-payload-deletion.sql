-- Deleting ciphertext whose keys were destroyed. The service's role cannot delete a payload; this function can, and only
-- what a recorded destruction names: who decided it, who acted and why stands in that event, under the signed tree. The
-- digest stays in the leaf, so every proof holds.
create function ledger.delete_payloads(p_destruction bigint, p_positions bigint[]) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  header jsonb;
  stored bytea;
  keys text[];
  deleted integer;
begin
  select convert_from(e.leaf, 'UTF8')::jsonb, p.stored into header, stored
    from ledger.event e join ledger.payload p on p.position = e.position and p.position = p_destruction
    where e.position = p_destruction;
  if header is null
     or header->>'type' not in ('privacy.keys-destroyed', 'keys.destruction-reinstated')
     or header->'payload'->>'digest' <> translate(encode(sha256(stored), 'base64'), '+/=', '-_') then
    raise exception 'position % records no destruction of keys', p_destruction using errcode = 'insufficient_privilege';
  end if;
  keys := array(select jsonb_array_elements_text(convert_from(stored, 'UTF8')::jsonb->'kids'));
  delete from ledger.payload p using ledger.event e
    where p.position = any (p_positions) and e.position = any (p_positions) and e.position = p.position
      and convert_from(e.leaf, 'UTF8')::jsonb->'payload'->>'kid' = any (keys);
  get diagnostics deleted = row_count;
  return deleted;
end $$;

revoke execute on function ledger.delete_payloads from public;
grant execute on function ledger.delete_payloads to twin_ledger_service;
