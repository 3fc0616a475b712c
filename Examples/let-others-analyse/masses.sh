# Mean mass and the heaviest bird by species and island.
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
  $at["body_mass_g"] + 0 > 0 {
    group = $at["species"] "," $at["island"]; mass = $at["body_mass_g"] + 0
    n[group]++; sum[group] += mass
    if (mass > top[group]) top[group] = mass
  }
  END { for (group in n) print group "," n[group] "," sum[group] / n[group] "," top[group] }' "$1" |
  LC_ALL=C sort >rows
{ echo "species,island,n,mean,heaviest"; cat rows; } >masses.csv
