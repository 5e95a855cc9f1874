# What the trial does between the commands of the document. Sourced by the script that it makes.

say() { printf '\n### %s  (%s)\n' "$*" "$(date +%T)"; }

until_well() {
    for _ in $(seq 120); do
        curl -fsS http://127.0.0.1:8000/healthz -o /tmp/healthz && return
        sleep 1
    done
    cat /tmp/healthz
    systemctl --no-pager status 'borneout-*'
    journalctl --no-pager -n 80
    return 1
}

until_sent() {
    for _ in $(seq 120); do
        runuser -u postgres -- psql -tAd borneout -c "
            select 1 from verification_reminder r
            join verification_claim c on c.id = r.claim_id
            join verification_message m on m.id = r.message_id
            where c.slug = '$1' and m.state = 'sent'" | grep -q 1 && return
        sleep 1
    done
    journalctl --no-pager -u borneout-worker -n 80
    return 1
}

after_packages() {
    # The repository of the trial belongs to another user than the one that clones it.
    git config --system --add safe.directory '*'
    chmod 711 /root
}

after_release() {
    say 'Every part is well'
    until_well
    cat /tmp/healthz
    echo
}

after_tls() {
    say 'The front page, through nginx'
    # A reload is over before its new sockets are there.
    curl -fsSk --retry 10 --retry-connrefused --retry-delay 1 https://localhost/ -o /tmp/front.html
    grep -o '<title>.*</title>' /tmp/front.html
}

after_editor() {
    say 'A claim whose deadline has passed is logged; its reminder is sent'
    borneout import_claims "/tmp/$BEFORE.json"
    until_sent "$BEFORE"
    say 'The next release is published; from here on pages are asked for'
    git -C /root/borneout.git update-ref refs/heads/main refs/heads/next
    touch /tmp/asking
    while [ -e /tmp/asking ]; do
        curl -s -o /dev/null -w '%{http_code}\n' "http://127.0.0.1:8000/claims/?q=$RANDOM" || echo refused
    done >/tmp/answers &
}

after_upgrade() {
    sleep 3
    rm /tmp/asking
    wait
    say 'What was answered while the release was changed'
    sort /tmp/answers | uniq -c
    ! grep -qv '^200$' /tmp/answers
    until_well
}

before_restoring() {
    say 'The wreck: every claim is lost'
    runuser -u postgres -- psql -qd borneout -c 'drop table verification_claim cascade'
}

after_restoring() {
    say 'The claim is there again, and a new one is reminded of'
    until_well
    curl -fsS "http://127.0.0.1:8000/api/v1/claims/$BEFORE/" | head -c 300
    echo
    borneout import_claims "/tmp/$AFTER.json"
    until_sent "$AFTER"
    say 'Stopped and started as one'
    systemctl stop borneout.target
    systemctl start borneout.target
    until_well
    say 'The trial is over: everything held'
}
