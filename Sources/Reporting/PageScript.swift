// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Hashing

/// The one script of all reports: tables that sort and filter, and the table of a pair on demand.
///
/// It asks nothing of a network and reads nothing but the page. A page without it says all the same; what
/// needs it stays hidden. The page allows this script by its hash and no other, so that a text that got
/// past escaping would still not run.
enum PageScript {
  /// The directive of the content security policy.
  static var policy: String {
    let digest = Data(SHA256.digest(Array(source.utf8)))
    return "script-src 'sha256-\(digest.base64EncodedString())'"
  }

  /// The element.
  static var element: HTML { HTML(stringLiteral: "<script>\(source)</script>") }

  /// The script; texts of the page are only ever set as text.
  static let source = """
    (function(){'use strict';var d=document;
    function make(n,t,c){var e=d.createElement(n);if(t!==undefined)e.textContent=t;if(c)e.className=c;return e}
    function number(t){t=t.replace(/[\\u202f\\u00a0 ]/g,'').replace(/\\u2212/g,'-');
    var m=/^[^0-9-]*(-?[0-9]+(?:\\.[0-9]+)?(?:e-?[0-9]+)?)/.exec(t);return m?parseFloat(m[1]):NaN}
    function text(r,i){return r.cells[i]?r.cells[i].textContent:''}
    function sorting(t,h,b){[].forEach.call(h.cells,function(c,i){
    if(!c.textContent)return;var s=make('button');s.type='button';s.className='sort';
    while(c.firstChild)s.appendChild(c.firstChild);c.appendChild(s);
    s.addEventListener('click',function(){var up=c.getAttribute('aria-sort')!=='ascending';
    var n=c.classList.contains('n');[].forEach.call(h.cells,function(o){o.removeAttribute('aria-sort')});
    c.setAttribute('aria-sort',up?'ascending':'descending');
    [].slice.call(b.rows).map(function(r,p){var x=text(r,i);return{r:r,p:p,k:n?number(x):x.toLowerCase()}})
    .sort(function(x,y){if(n){var a=isNaN(x.k),z=isNaN(y.k);if(a||z)return a===z?x.p-y.p:a?1:-1;
    return(up?x.k-y.k:y.k-x.k)||x.p-y.p}
    var o=x.k<y.k?-1:x.k>y.k?1:0;return(up?o:-o)||x.p-y.p}).forEach(function(x){b.appendChild(x.r)})})})}
    function filtering(t,b){var l=make('label','','filter'),f=make('input'),o=make('output');
    l.appendChild(make('span','Filter rows'));f.type='search';l.appendChild(f);l.appendChild(o);
    o.setAttribute('aria-live','polite');f.addEventListener('input',function(){
    var w=f.value.toLowerCase(),n=0;[].forEach.call(b.rows,function(r){
    var y=r.textContent.toLowerCase().indexOf(w)>=0;r.hidden=!y;if(y)n++});
    o.textContent=w?n+' of '+b.rows.length:''});
    var p=t.parentNode;p.parentNode.insertBefore(l,p)}
    [].forEach.call(d.querySelectorAll('table'),function(t){var h=t.tHead&&t.tHead.rows[0],b=t.tBodies[0];
    if(!h||!b||b.rows.length<3)return;sorting(t,h,b);if(b.rows.length>10)filtering(t,b)});
    [].forEach.call(d.querySelectorAll('.scroll'),function(e){if(e.scrollWidth<=e.clientWidth)return;
    e.tabIndex=0;e.setAttribute('role','region');e.setAttribute('aria-label','scrolls sideways')});
    var data=d.getElementById('pair-data'),place=d.getElementById('pair-place');
    if(data&&place){var p=JSON.parse(data.textContent),one=d.getElementById('pair-first'),
    two=d.getElementById('pair-second'),out=d.getElementById('pair-table');
    var used={};p.p.forEach(function(q,i){(used[q[0]]=used[q[0]]||{})[q[1]]=i;
    (used[q[1]]=used[q[1]]||{})[q[0]]=i});
    var options=function(s,keys,chosen){s.textContent='';keys.forEach(function(k){
    var o=make('option',p.c[k].n);o.value=k;o.selected=+k===chosen;s.appendChild(o)})};
    var share=function(x,n){return n?(100*x/n).toFixed(1):'0.0'};
    var show=function(){var a=+one.value,z=+two.value,i=used[a]&&used[a][z];out.textContent='';
    if(i===undefined)return;var q=p.p[i],turned=q[0]!==a,A=p.c[a].g,B=p.c[z].g,w=p.c[q[1]].g.length;
    var N=p.n[0],M=p.n[1],c=M/(N+M),t=make('table'),cap=make('caption',p.c[a].n+' (down) with '+p.c[z].n
    +' (across): real % \\u2192 synthetic %'),r=make('tr');t.appendChild(cap);
    r.appendChild(make('th',''));B.forEach(function(x){r.appendChild(make('th',x,'n'))});
    var h=make('thead');h.appendChild(r);t.appendChild(h);var body=make('tbody');
    A.forEach(function(x,u){var row=make('tr'),head=make('th',x);head.scope='row';row.appendChild(head);
    B.forEach(function(y,v){var k=turned?v*w+u:u*w+v,o=q[2][k],s=q[3][k],m=o*c/(1-c),
    e=o+s?(s-m)/Math.sqrt(c*(o+s)):0,td=make('td',o+s?share(o,N)+' \\u2192 '+share(s,M):'\\u2013','n');
    if(Math.abs(e)>3){td.className='n over';td.title='z '+e.toFixed(1)}row.appendChild(td)});
    body.appendChild(row)});t.appendChild(body);out.appendChild(t)};
    var second=function(){var k=Object.keys(used[one.value]),old=+two.value;
    options(two,k,k.indexOf(''+old)>=0?old:+k[0]);show()};
    if(p.p.length){options(one,Object.keys(used),p.p[0][0]);
    options(two,Object.keys(used[p.p[0][0]]),p.p[0][1]);show();
    one.addEventListener('change',second);two.addEventListener('change',show);place.hidden=false}}
    var opened=[];addEventListener('beforeprint',function(){opened=[].filter.call(
    d.querySelectorAll('details:not([open])'),function(e){e.open=true;return true})});
    addEventListener('afterprint',function(){opened.forEach(function(e){e.open=false})});
    })();
    """
}
